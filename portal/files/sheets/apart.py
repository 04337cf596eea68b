"""Reads one workbook in a process of its own: bytes come in, rows of text go out, each a line of JSON.

A few hundred bytes of a sheet may claim a cell at the far end of a million rows, and the reader believes it and takes the
memory; here that ends a process which had little, instead of the portal's. Run by workbooks.py as a file, so that nothing
of the portal is loaded. Ends with 0 and the rows; 3: has a password; 4: cannot be read; anything else: it took too much.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

LOCKED, BROKEN = 3, 4
MOST_MEMORY = 768 * 1024 * 1024
LONGEST_CELL = 2_000


def main(most_rows: int, most_columns: int, most_seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for row in first_filled(workbook, most_rows, most_columns):
            sys.stdout.write(encode(row) + "\n")
    except PasswordError:
        return LOCKED
    except (CalamineError, ValueError, KeyError, OSError) as error:
        return LOCKED if "password" in str(error).lower() else BROKEN
    return 0


def first_filled(workbook: Any, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """The first sheet that is shown and has something in it; its rows as they are numbered on the screen."""
    for sheet in workbook.sheets_metadata:
        if "Visible" in str(sheet.visible).split(".")[-1:] and "WorkSheet" in str(sheet.typ):
            filled = False
            for row in filled_rows(workbook.get_sheet_by_name(sheet.name), most_rows, most_columns):
                filled = True
                yield row
            if filled:
                return


def filled_rows(sheet: Any, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """One at a time; empty ones only where something follows."""
    before = [""] * (sheet.start[1] if sheet.start else 0)  # columns left of the first filled one
    waiting: list[list[str]] = []
    for row in islice(sheet.iter_rows(), most_rows):
        texts = (before + [said(cell) for cell in row])[:most_columns]
        waiting.append(texts)
        if any(texts):
            yield from waiting
            waiting = []


def said(cell: Any) -> str:
    """A cell as its author sees it: a telephone number is no fraction, a day is written our way."""
    if isinstance(cell, str):
        return cell[:LONGEST_CELL].strip()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y") if cell.time() == time() else cell.strftime("%d/%m/%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return str(cell)[:LONGEST_CELL].strip()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
