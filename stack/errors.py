"""What stops the servers from coming up, in one sentence that says what to do. Finding it out belongs to who raises it."""


class StackFailed(OSError):
    """A server, a package or a setting is not as it must be; the message says which, why and what to do."""
