"""What can go wrong with the outside: what may pass when tried again, and what cannot. Nothing else belongs here."""


class SourceUnavailable(Exception):
    """A source could not be read; trying again later, or after the setting that the message names, may help."""


class SourceChanged(SourceUnavailable):
    """A source changed while it was being read, so that what was read is of no one moment; trying again helps."""
