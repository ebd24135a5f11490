"""What a person can do about what systems say. Which errors are expected and how they are told belongs to other modules."""

from elt_pipeline.storage.delta.store_words import said_of_store, sentence

# What systems say when a resource is missing, and what a person can do about it.
ADVICE = {
    "No space left on device": "Free space on that disk, or set VAR_DIR, LAKE_URL or WAREHOUSE_URL to another, and run it again.",
    "Permission denied": "Give yourself write permission there, or set VAR_DIR or LAKE_URL to a place of yours.",
    "Read-only file system": "Set VAR_DIR or LAKE_URL to a place that can be written, and run it again.",
}


def with_advice(message: str) -> str:
    """Return the message, with what to do where it names a missing resource and does not say so itself.

    What an engine says of the lake's server, over many lines, becomes one sentence.
    """
    of_store = said_of_store(message)
    if of_store:
        return sentence(of_store)
    advice = next((advice for sign, advice in ADVICE.items() if sign in message and advice not in message), None)
    return f"{message} {advice}" if advice else message
