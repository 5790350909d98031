"""Where exactly do the references of a text stand? And which of them stands at the cursor."""

import re

from msgspec import Struct

from gazepress.desk.lsp.text import Place, Text, content_end
from gazepress.desk.spans import find_span
from gazepress.documents import TO_ARTICLES, ParseOptions, Ref
from gazepress.sources import SourceKind
from gazepress.stages.parse import find_refs

_QUOTED = re.compile(r"\"(?:[^\"\\]++|\\.)*+\"|'(?:[^']++|'')*+'")
_IN_BRACKETS = re.compile(r"[^,\[\]{}]+")
_OPEN = re.compile(r"[\[{]")


class Reference(Struct, frozen=True):
    """A reference, and where all of it stands."""

    ref: Ref
    start: Place
    end: Place

    @property
    def articles_only(self) -> bool:
        """Tell whether nothing but an article can be meant."""
        return self.ref.kind in TO_ARTICLES

    def covers(self, place: Place) -> bool:
        """Tell whether a place is in the reference or at its end."""
        return self.start <= place <= self.end


def reference_at(text: Text, kind: SourceKind, options: ParseOptions, place: Place) -> Reference | None:
    """Return the reference at a place of a text as it stands; of a picture in a link, the picture."""
    near = (ref for ref in find_refs(kind, text.source, options) if ref.line - 1 <= place[0])
    covering = [found for found in (locate(text, ref) for ref in near) if found.covers(place)]
    return max(covering, key=lambda found: found.start, default=None)


def locate(text: Text, ref: Ref) -> Reference:
    """Return a reference with its place: in Markdown all of it, in YAML the value with its quotes."""
    row, column = min(ref.line, len(text.lines)) - 1, ref.column - 1
    line = text.lines[row]
    if row in text.front:
        found = _QUOTED.match(line, column) or (_OPEN.search(line[:column]) and _IN_BRACKETS.match(line, column))
        end = found.start() + len(found[0].rstrip()) if found else content_end(line)
        return Reference(ref, (row, min(column, end)), (row, end))
    span = find_span(text.source, ref)
    if span is None:
        return Reference(ref, (row, min(column, len(line))), (row, len(line)))
    whole = (span.begin, span.finish) if span.begin >= 0 else (span.start, span.end)
    return Reference(ref, text.at(whole[0]), text.at(whole[1]))
