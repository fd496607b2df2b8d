"""The volume (装订): a PDF of one revision taken apart into its objects, added to, put together again."""

import hashlib
import re

_TRAILER = re.compile(rb"/(Root|Info) (\d+) 0 R")
_IDENTITY = re.compile(rb"/ID\s*\[\s*(<[0-9a-fA-F]+>)")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_KIDS = re.compile(rb"/Kids \[ (\d+) 0 R")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])[ \r][\r\n]")
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Volume:
    """The objects of a PDF by number, each with its ``obj`` and ``endobj``.

    For what our press writes: one revision, a plain cross-reference table, nothing encrypted.
    ValueError for anything else: nothing is repaired, nothing guessed.
    """

    def __init__(self, pdf: bytes) -> None:
        start, trailer = _tail(pdf)
        named = {name: int(number) for name, number in _TRAILER.findall(trailer)}
        found = _IDENTITY.search(trailer)
        if b"Root" not in named or found is None or b"/Prev" in trailer or b"/Encrypt" in trailer:
            raise ValueError("not a PDF of one plain revision")
        self.root, self._info, self._identity = named[b"Root"], named.get(b"Info"), found[1]
        places = _places(pdf, start)
        ends = [*sorted(places.values())[1:], start]
        end_of = dict(zip(sorted(places.values()), ends, strict=True))
        self._objects = {n: pdf[at : end_of[at]].rstrip() + b"\n" for n, at in places.items()}
        for number, content in self._objects.items():
            if not content.startswith(b"%d 0 obj" % number) or not content.endswith(b"endobj\n"):
                raise ValueError(f"object {number} is not where the table says")

    def first_page(self) -> int:
        """The number of the first page's object."""
        pages = self._named(_PAGES, self.root)
        return self._named(_KIDS, pages)

    def _named(self, entry: re.Pattern[bytes], number: int) -> int:
        found = entry.search(self._objects[number])
        if found is None:
            raise ValueError(f"object {number} does not lead to a page")
        return int(found[1])

    def add(self, content: bytes) -> int:
        """Take in one more object; its number."""
        number = max(self._objects) + 1
        self._objects[number] = b"%d 0 obj\n%b\nendobj\n" % (number, content)
        return number

    def extend(self, number: int, entries: dict[bytes, bytes]) -> None:
        """Put *entries* into the dictionary that object *number* is. ValueError where it has one."""
        content = self._objects[number]
        end = content.rindex(b">>")
        if b"stream" in content or any(b"/" + name + b" " in content for name in entries):
            raise ValueError(f"object {number} has other entries than the press writes")
        more = b"".join(b"/%b %b\n" % one for one in entries.items())
        self._objects[number] = content[:end] + more + content[end:]

    def bound(self) -> bytes:
        """All of it as one revision, its second identity the hash of its content."""
        parts, at, places = [_HEADER], len(_HEADER), {}
        for number, content in self._objects.items():
            places[number] = at
            parts.append(content)
            at += len(content)
        size = max(places) + 1
        free = b"0000000000 65535 f \n"
        rows = [b"%010d 00000 n \n" % places[n] if n in places else free for n in range(1, size)]
        digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
        info = b"" if self._info is None else b"/Info %d 0 R " % self._info
        parts += [
            b"xref\n0 %d\n" % size, free, *rows,
            b"trailer\n<< /Size %d /Root %d 0 R %b/ID [%b <%b>] >>\n"
            % (size, self.root, info, self._identity, digest),
            b"startxref\n%d\n%%%%EOF\n" % at,
        ]  # fmt: skip
        return b"".join(parts)


def text_string(words: str) -> bytes:
    """*words* as a text string that needs no escapes (ISO 32000-1 7.9.2.2)."""
    return b"<feff%b>" % words.encode("utf-16-be").hex().encode()


def _tail(pdf: bytes) -> tuple[int, bytes]:
    """Where the cross-reference table begins, and the trailer behind it."""
    mark = pdf.rfind(b"startxref")
    lines = pdf[mark:].split()
    if not pdf.startswith(b"%PDF-1.") or mark < 0 or len(lines) != 3 or not lines[1].isdigit():
        raise ValueError("not a PDF")
    start = int(lines[1])
    trailer = pdf.find(b"trailer", start, mark)
    if pdf[start : start + 4] != b"xref" or trailer < 0 or pdf.count(b"startxref") != 1:
        raise ValueError("not a PDF of one plain revision")
    return start, pdf[trailer:mark]


def _places(pdf: bytes, start: int) -> dict[int, int]:
    """Where each object begins, in the order of the file."""
    head = re.compile(rb"xref\r?\n0 (\d+)[ ]?\r?\n").match(pdf, start)
    if head is None:
        raise ValueError("not a PDF of one plain revision")
    found, at = {}, head.end()
    for number in range(int(head[1])):
        entry = _ENTRY.match(pdf, at)
        if entry is None:
            raise ValueError(f"entry {number} of the table cannot be read")
        if entry[3] == b"n":
            found[number] = int(entry[1])
        at = entry.end()
    return dict(sorted(found.items(), key=lambda pair: pair[1]))
