"""ISBNs that no book has: from 978-66 to 978-69, which no agency has assigned. What is damaged in them belongs to quirks.py."""

# The nine digits between the prefix 978 and the check digit, in the groups 66 to 69.
UNASSIGNED = range(660_000_001, 700_000_000)
# Neighbours differ in every digit; it has no factor in common with the size of the range, so all are reached.
_STEP = 15_485_863


def isbn10_check_digit(nine_digits: str) -> str:
    """The tenth character, ``0`` to ``9`` or ``X``: the weighted sum 10·a + 9·b + … + check is a multiple of 11."""
    weighted = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine_digits, strict=True))
    return "0123456789X"[-weighted % 11]


def isbn13_check_digit(twelve_digits: str) -> str:
    """The thirteenth digit: with weights 1, 3, 1, 3 … the sum is a multiple of 10."""
    weighted = sum(weight * int(digit) for weight, digit in zip((1, 3) * 6, twelve_digits, strict=True))
    return str(-weighted % 10)


def made_up_isbn13(place: int) -> str:
    """Return a valid ISBN-13 that belongs to no book; the first 40 million places from any on have different ones."""
    twelve = f"978{UNASSIGNED[place * _STEP % len(UNASSIGNED)]}"
    return twelve + isbn13_check_digit(twelve)


def isbn10_of(isbn13: str) -> str:
    """The ten-character form of an ISBN-13 that starts with 978."""
    nine = isbn13[3:12]
    return nine + isbn10_check_digit(nine)


def isbn13_of(isbn10: str) -> str:
    """The thirteen-digit form of an ISBN-10."""
    twelve = f"978{isbn10[:9]}"
    return twelve + isbn13_check_digit(twelve)
