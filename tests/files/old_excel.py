"""A small .xls of the years before 2007, written byte by byte: nothing that we install still writes them."""

import struct

_NONE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def old_excel(rows: list[list[str | float]], *, more_records: bytes = b"") -> bytes:
    stream = _workbook(rows, more_records)
    stream += bytes(-len(stream) % SECTOR or 0) + bytes(max(0, 4096 - len(stream)))  # shorter ones lie elsewhere
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    chain = [_FAT, _END, *range(3, count + 2), _END]
    fat = struct.pack("<128I", *chain, *[_NONE] * (128 - len(chain)))
    folder = _entry("Root Entry", 5, child=1, start=_END, size=0) + _entry("Workbook", 2, start=2, size=len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_NONE] * 108)
    return head + fat + folder.ljust(SECTOR, b"\0") + stream


def _workbook(rows: list[list[str | float]], more_records: bytes) -> bytes:
    begin = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0, 0, 0, 0))
    end = _record(0x000A, b"")
    length = len(begin) + len(more_records) + 4 + 9 + len(end)
    place = _record(0x0085, struct.pack("<IBBBB", length, 0, 0, 1, 0) + b"A")
    cells = b"".join(_cell(y, x, cell) for y, row in enumerate(rows) for x, cell in enumerate(row))
    sheet = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + end
    return begin + more_records + place + end + sheet


def _cell(y: int, x: int, value: str | float) -> bytes:
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, struct.pack("<4HB", y, x, 0, len(value), 1) + text)
    return _record(0x0203, struct.pack("<3Hd", y, x, 0, value))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<2H", kind, len(content)) + content


def _entry(name: str, kind: int, *, start: int, size: int, child: int = _NONE) -> bytes:
    written = name.encode("utf-16-le")
    links = struct.pack("<HBB3I36x", len(written) + 2, kind, 1, _NONE, _NONE, child)
    return written.ljust(64, b"\0") + links + struct.pack("<IQ", start, size)
