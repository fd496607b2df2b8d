"""Base45 (RFC 9285): bytes in the 45 characters that QR codes hold most of."""

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def encoded(content: bytes) -> str:
    """Two bytes become three characters, a last one two."""
    told = []
    for start in range(0, len(content), 2):
        pair = content[start : start + 2]
        number = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, 45)
            told.append(ALPHABET[digit])
    return "".join(told)


def decoded(text: str) -> bytes:
    """What ``encoded`` made *text* of. Raises Invalid for what it never makes."""
    found = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        digits = [ALPHABET.find(one) for one in group]
        number = sum(digit * 45**place for place, digit in enumerate(digits))
        size = len(group) - 1
        if -1 in digits or size == 0 or number >= 256**size:
            raise Invalid(N_("二维码的内容不能读取"))
        found += number.to_bytes(size)
    return bytes(found)
