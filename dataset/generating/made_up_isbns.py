"""ISBNs that no book has: from 978-66 to 978-69, which no agency has assigned. What is damaged in them belongs to quirks.py."""

import random

# The nine digits between the prefix 978 and the check digit, in the groups 66 to 69.
UNASSIGNED = range(660_000_001, 700_000_000)


def isbn10_check_digit(nine_digits: str) -> str:
    """The tenth character, ``0`` to ``9`` or ``X``: the weighted sum 10·a + 9·b + … + check is a multiple of 11."""
    weighted = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine_digits, strict=True))
    return "0123456789X"[-weighted % 11]


def isbn13_check_digit(twelve_digits: str) -> str:
    """The thirteenth digit: with weights 1, 3, 1, 3 … the sum is a multiple of 10."""
    weighted = sum(weight * int(digit) for weight, digit in zip((1, 3) * 6, twelve_digits, strict=True))
    return str(-weighted % 10)


def made_up_isbn13s(rng: random.Random, count: int) -> list[str]:
    """Return ``count`` different valid ISBN-13 that belong to no book. Raises ``ValueError`` beyond 40 million."""
    twelves = [f"978{nine}" for nine in rng.sample(UNASSIGNED, count)]
    return [twelve + isbn13_check_digit(twelve) for twelve in twelves]


def isbn10_of(isbn13: str) -> str:
    """The ten-character form of an ISBN-13 that starts with 978."""
    nine = isbn13[3:12]
    return nine + isbn10_check_digit(nine)


def isbn13_of(isbn10: str) -> str:
    """The thirteen-digit form of an ISBN-10."""
    twelve = f"978{isbn10[:9]}"
    return twelve + isbn13_check_digit(twelve)
