"""How does a record stand in a table for spreadsheets (RFC 4180)? Nothing in it is run there as a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO

from msgspec import Struct

from gazepress.matter import Correction, Source

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(record: type[Struct], rows: Iterable[Struct]) -> Iterator[str]:
    """Yield the names of the columns, then a line for each record; several tags or authors are parted by semicolons."""
    names = record.__struct_fields__
    yield _line(names)
    for row in rows:
        yield _line(_cell(getattr(row, name)) for name in names)


def _line(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _cell(value: object) -> str:
    """Return a value as it may be shown: what a spreadsheet could take for a formula gets an apostrophe in front."""
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat()
        case tuple():
            text = "; ".join(map(_part, value))
        case _:
            text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _part(value: object) -> str:
    match value:
        case Source(name=name, url=url):
            return f"{name} <{url}>" if url else name
        case Correction(date=date, text=text, kind=kind):
            return f"{date.date().isoformat()} {kind.value}: {text}"
        case _:
            return str(value)
