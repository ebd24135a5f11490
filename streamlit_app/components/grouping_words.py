"""Why an edition belongs to its book, in sentences for readers. Which editions belong together is the pipeline's to find."""

import re

# Each reads the same from either edition of the two that the rule ties, since the pipeline names it for both.
SENTENCES = {
    "alone": "No other edition here was found to be the same book.",
    "same_title_and_author": "It has the same title and the same author as another edition of this book.",
    "same_main_title": "It has the same author and the same main title as another edition; only the rest of the title differs.",
    "author_spelling": "It has the same main title as another edition, and the same author in another spelling.",
    "stated_title": "Original and translation: one of them carries the title of the other.",
    "same_series_and_number": "It has the same author and the same place in a series as another edition, under another title.",
}
LABELS = {"name": "in common"}
LABELLED = re.compile(r"(\w+)=(.*?)(?= \w+=|$)")


def sentence(rule: str) -> str:
    """Why an edition is where it is; the rule as it stands where we have no sentence."""
    return SENTENCES.get(rule, rule)


def compared(evidence: str) -> str:
    """What the rule compared, `title “dune” · author “frank herbert”`; as it stands where it has no labels."""
    found = LABELLED.findall(evidence)
    return " · ".join(f"{LABELS.get(label, label)} “{text}”" for label, text in found) or evidence
