"""What an S3 server says, and what the engines say of one, in one sentence for a person. Asking it belongs elsewhere."""

import re

# Sail, Polars and delta-rs ask by one library, which names the request that failed, and then what failed it.
ASKED = re.compile(r"Error performing [A-Z]+ https?://[^/\s]+")
CODE = re.compile(r"<Code>(\w+)</Code>")
STATUS = re.compile(r"\b[45]\d\d [A-Z][A-Za-z ]+")
CAUSE = re.compile(r"(Connection \w+|Broken pipe|No route to host|Network is unreachable|operation timed out)")

REFUSALS = {
    "NoSuchBucket": "there is no such bucket. Make it there, or correct LAKE_URL.",
    "InvalidAccessKeyId": "it does not know the key. Correct AWS_ACCESS_KEY_ID.",
    "SignatureDoesNotMatch": "the password is not that of the key. Correct AWS_SECRET_ACCESS_KEY.",
    "AccessDenied": "the key has no right to that. Let the user of AWS_ACCESS_KEY_ID list, read, write and delete there, "
    "or correct the bucket in LAKE_URL.",
    "AuthorizationHeaderMalformed": "the region is another. Correct AWS_REGION.",
    "PermanentRedirect": "the bucket is in another region. Correct AWS_ENDPOINT_URL and AWS_REGION.",
    "RequestTimeTooSkewed": "its clock differs from that of this machine. Set both clocks.",
    "XMinioStorageFull": "its disk is full. Free space there, and run it again.",
}


def refusal(address: str, code: str) -> str:
    """Return what it means that the server at ``address`` refuses with this code, or status, and what to do."""
    said = REFUSALS.get(code, f"it answers {code}. Look into its log, and check LAKE_URL and the AWS_ variables.")
    return f"the lake's server at {address} refuses: {said}"


def silence(address: str, cause: str) -> str:
    """Return what to do where no answer comes from ``address``."""
    return f"the lake's server at {address} does not answer: {cause}. Start it, or correct AWS_ENDPOINT_URL."


def said_of_store(message: str) -> str | None:
    """Return what an engine's message says of the lake's server; None where it is about something else."""
    message = re.sub(r"\x1b\[\d+m", "", message)
    asked = ASKED.search(message)
    if asked is None:
        return None
    address = asked[0].rpartition(" ")[2]
    refused = CODE.search(message) or STATUS.search(message)
    if refused:
        return refusal(address, refused[refused.re.groups].strip())
    return silence(address, lost_connection(message) or "the connection broke off")


def lost_connection(message: str) -> str | None:
    """Return what the system says broke a connection, as the message ends on it; None where it says nothing of the kind."""
    causes = CAUSE.findall(message)
    return causes[-1] if causes else None


def sentence(said: str) -> str:
    """Return the words with a capital letter."""
    return said[0].upper() + said[1:]
