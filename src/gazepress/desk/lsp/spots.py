"""Where exactly do the references of a text stand? Of each, all of it, and the words that name its target."""

import re
from collections.abc import Iterator

from msgspec import Struct

from gazepress.desk.lsp.text import Place, Text
from gazepress.documents import ParseOptions, Ref, RefKind, SourceKind
from gazepress.stages.parse import find_refs

_WIKI = re.compile(r"\[\[(?P<target>(?:[^\[\]|]++|\[[^\[\]]*+\])++)(?:\|(?:[^\[\]]++|\[[^\[\]]*+\])*+)?\]\]")
_LINK = re.compile(
    r"""!?\[ (?:[^\[\]\\]++ | \\. | \[[^\[\]]*+\])*+ \]
        \( \s*+ <? (?P<target> [^\s()<>]*+ (?:\([^\s()]*+\) [^\s()<>]*+)*+ ) [^()]*+ \)""",
    re.VERBOSE,
)
_QUOTED = r"\"(?P<double>(?:[^\"\\]++|\\.)*+)\"|'(?P<single>(?:[^']++|'')*+)'"
_VALUE = re.compile(_QUOTED + r"|(?P<plain>\S.*?)(?=\s+#|\s*$)")
_VALUE_IN_BRACKETS = re.compile(_QUOTED + r"|(?P<plain>[^,\[\]{}]+)")
_REST = re.compile(r"(?P<target>.*?)\s*$")
_ONLY_ARTICLES = (RefKind.READ_MORE, RefKind.EARLIER, RefKind.RELATED, RefKind.FOLLOWS, RefKind.LAYOUT)
_IN_YAML = (RefKind.RELATED, RefKind.FOLLOWS, RefKind.LAYOUT)


class Reference(Struct, frozen=True):
    """A reference and where it stands: all of it, and of that what names the target."""

    ref: Ref
    start: Place
    end: Place
    target_start: Place
    target_end: Place

    @property
    def articles_only(self) -> bool:
        """Tell whether nothing but an article can be meant."""
        return self.ref.kind in _ONLY_ARTICLES

    def covers(self, place: Place) -> bool:
        """Tell whether a place is in the reference or at its end."""
        return self.start <= place <= self.end


def find_references(text: Text, kind: SourceKind, options: ParseOptions) -> Iterator[Reference]:
    """Yield the references of a text as it stands, in the order of the parser."""
    for ref in find_refs(kind, text.source, options):
        yield locate(text, ref)


def reference_at(text: Text, kind: SourceKind, options: ParseOptions, place: Place) -> Reference | None:
    """Return the reference at a place; of a picture in a link, the picture."""
    covering = [found for found in find_references(text, kind, options) if found.covers(place)]
    return max(covering, key=lambda found: found.start, default=None)


def locate(text: Text, ref: Ref) -> Reference:
    """Return a reference with its place; what goes on over a line's end, ends there."""
    row = min(ref.line - 1, len(text.lines) - 1)
    line, start = text.lines[row], ref.column - 1
    found = _pattern(ref, line, start).match(line, start)
    if found is None:
        end = len(line.rstrip())
        return Reference(ref, (row, min(start, end)), (row, end), (row, min(start, end)), (row, end))
    name = found.lastgroup or "target"
    whole = name in ("double", "single", "plain")  # a value of YAML is replaced together with its quotes
    first, last = found.span() if whole else found.span(name)
    if name == "plain":
        last -= len(line[first:last]) - len(line[first:last].rstrip())
    return Reference(ref, (row, found.start()), (row, last if whole else found.end()), (row, first), (row, last))


def _pattern(ref: Ref, line: str, start: int) -> re.Pattern[str]:
    if ref.kind in _IN_YAML:
        return _VALUE_IN_BRACKETS if "[" in line[:start] else _VALUE
    if line.startswith("[[", start):
        return _WIKI
    if line.startswith(("[", "!["), start):
        return _LINK
    return _REST if ref.kind is RefKind.READ_MORE else _VALUE
