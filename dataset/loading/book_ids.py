"""Ids for books whose file gives none: made from what is told of the book, so that they outlast reordering and reloading."""

import hashlib
import json
from collections.abc import Sequence

from dataset.loading.csv_reader import Cell

# Above all ids that files give, and up to 2^53: beyond it, JavaScript and many readers of JSON no longer tell numbers apart.
FIRST_MADE = 2**52
MADE_COUNT = 2**52
_SLICE_BYTES = 7
_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode


class MadeIds:
    """Gives the same id to the same texts, and never one id to two.

    An id is a slice of the texts' SHA-256. Should it belong to others already, which among two million books happens once in
    2,500 loads, the next slice is taken: only then does it matter which came first.
    """

    def __init__(self) -> None:
        self._owners: dict[int, bytes] = {}

    def id_of(self, texts: Sequence[Cell]) -> str:
        """Return a whole number from ``FIRST_MADE`` on, as text. Raises ``LookupError`` where every slice belongs to others."""
        digest = hashlib.sha256(_AS_JSON(texts).encode("utf-8", "surrogatepass")).digest()
        owner = digest[-_SLICE_BYTES:]
        for start in range(0, len(digest) - _SLICE_BYTES, _SLICE_BYTES):
            number = FIRST_MADE + int.from_bytes(digest[start : start + _SLICE_BYTES]) % MADE_COUNT
            if self._owners.setdefault(number, owner) == owner:
                return str(number)
        raise LookupError(f"No id is left for {texts}.")
