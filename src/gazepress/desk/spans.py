"""Where in a text does a reference name what it leads to? The exact stretch, whatever form the reference has."""

import re
from collections.abc import Iterator
from html import escape, unescape

from markdown_it.common.utils import unescapeAll
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from msgspec import Struct
from msgspec.structs import replace

from gazepress.desk.edits import Edit
from gazepress.desk.yaml_edits import get, remove_key, set_key
from gazepress.documents import IN_YAML, Ref, RefKind
from gazepress.stages.parse.addresses import classify

_WIKI = re.compile(r"\[\[((?:[^\[\]|]++|\[[^\[\]]*+\])++)(?:\|((?:[^\[\]]++|\[[^\[\]]*+\])*+))?\]\]")
_DEFINITION = re.compile(r"^(?:[ \t]{0,3}>[ \t]?)*[ \t]{0,3}\[(?:[^\[\]\\]|\\.)+\]:[ \t]*", re.MULTILINE)
_ATTRIBUTE = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_LABEL = re.compile(r"\\.|(`+)(?:(?!\1).)*?\1(?!`)|([\[\]])|[^\\`\[\]]+|.", re.DOTALL)
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d+[.)])[ \t]")
_LINE_END = re.compile(r"\r\n?|\n")
_SPECIAL = re.compile(r"[\\`*_\[\]<{~]|&(?=\#?\w+;)")
_PLAIN_ADDRESS = re.compile(r"[^\s()<>\\&\[\]]+")


class Span(Struct, frozen=True):
    """What a reference names, from ``start`` to ``end`` in its text, and the form in which it is written there.

    From ``begin`` to ``finish`` it is the whole reference; ``words`` are what it shows by itself.
    """

    start: int
    end: int
    form: str  # address, wiki, plain or attribute
    target: str
    begin: int = -1
    finish: int = -1
    words: str = ""


def respelled(text: str, ref: Ref, new: str) -> Edit | None:
    """Return the edit that makes a reference name ``new``; None where the place cannot be found."""
    if is_yaml(text, ref):
        key = _yaml_key(text, ref)
        return None if key is None else set_key(text, key, new)
    span = find_span(text, ref)
    return None if span is None else Edit("", span.start, span.end, _written(span.form, new))


def unlinked(text: str, ref: Ref) -> Edit | None:
    """Return the edit that takes a reference away and leaves its words; None where that takes a person."""
    if is_yaml(text, ref):
        key = _yaml_key(text, ref)
        return None if key is None else remove_key(text, key)
    span = find_span(text, ref)
    if span is None or ref.kind is RefKind.PICTURE:
        return None
    if ref.kind is RefKind.READ_MORE:
        return _without_line(text, span)
    return None if span.begin < 0 else Edit("", span.begin, span.finish, span.words)


def find_span(text: str, ref: Ref) -> Span | None:
    """Return where a reference below the front matter names its target, None if it stands there in no known form."""
    at = _offset(text, ref.line, ref.column)
    if text.startswith("[[", at) or ref.kind is RefKind.WIKI:
        found = next((span for span in _wikis(text, at) if span.target == ref.target), None)
        if found is not None:
            return found
    if ref.kind is RefKind.READ_MORE and not text.startswith("[", at):
        return _plain(text, at, ref)
    begin = at + text.startswith("!", at)
    if text.startswith("[", begin):
        here = _inline(text, begin)
        if here is not None and here.target == ref.target:
            return here
        defined = _definition(text, ref)
        if here is None and defined is not None:
            behind = _behind_label(text, begin)
            finish = _behind_label(text, behind) if text.startswith("[", behind) else behind
            return replace(defined, begin=begin, finish=finish, words=text[begin + 1 : behind - 1])
    spans = (*_addresses(text, at), *_attributes(text, at), *_wikis(text, at))
    known = [span for span in spans if span.target == ref.target]
    return min(known, key=lambda span: span.start, default=None) or _definition(text, ref)


def is_yaml(text: str, ref: Ref) -> bool:
    """Tell whether a reference stands in YAML: in the layout of the front page, or above a text."""
    if ref.kind in IN_YAML:
        return True
    return ref.kind is RefKind.PICTURE and _yaml_key(text, ref) is not None and ref.line <= _matter_lines(text)


def _offset(text: str, line: int, column: int) -> int:
    """Return the place in a text with any line ends of a line and column, which count from 1."""
    start = int(text.startswith("\ufeff")) if line == 1 else 0
    for number, ended in enumerate(_LINE_END.finditer(text), 2):
        if number == line:
            start = ended.end()
            break
    return start + column - 1


def _inline(text: str, begin: int) -> Span | None:
    """Return the link or picture whose words are in the brackets at ``begin``, if its address follows them."""
    behind = _behind_label(text, begin)
    if behind < 0 or not text.startswith("(", behind):
        return None
    span = _address(text, behind + 1)
    if span is None:
        return None
    at = _skip(text, span.finish)
    title = parseLinkTitle(text, at, len(text)) if at > span.finish else None
    at = _skip(text, title.pos) if title is not None and title.ok else at
    if not text.startswith(")", at):
        return None
    return Span(span.start, span.end, "address", span.target, begin, at + 1, text[begin + 1 : behind - 1])


def _behind_label(text: str, begin: int) -> int:
    depth = 0
    for piece in _LABEL.finditer(text, begin):
        depth += {"[": 1, "]": -1}.get(piece[2] or "", 0)
        if not depth:
            return piece.end()
    return -1


def _address(text: str, at: int) -> Span | None:
    """Return the address that begins at ``at`` or behind white space; ``finish`` is where its brackets end."""
    at = _skip(text, at)
    found = parseLinkDestination(text, at, len(text))
    if not found.ok or found.pos == at:
        return None
    angle = int(text[at] == "<")
    return Span(at + angle, found.pos - angle, "address", classify(found.str)[1], at, found.pos)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _addresses(text: str, at: int) -> Iterator[Span]:
    for found in re.finditer(r"\]\(", text[at:]):
        span = _address(text, at + found.end())
        if span is not None:
            yield Span(span.start, span.end, "address", span.target)


def _attributes(text: str, at: int) -> Iterator[Span]:
    for found in _ATTRIBUTE.finditer(text, at):
        group = 1 if found[1] is not None else 2
        yield Span(*found.span(group), "attribute", classify(unescape(found[group]))[1])


def _wikis(text: str, at: int) -> Iterator[Span]:
    for found in _WIKI.finditer(text, at):
        title = " ".join(unescapeAll(found[1]).split())
        words = found[2] if (found[2] or "").strip() else found[1]
        yield Span(*found.span(1), "wiki", title, *found.span(), words)


def _plain(text: str, at: int, ref: Ref) -> Span | None:
    """Return the title behind a read-more label: the rest of its line, or what of it is written as it reads."""
    ended = _LINE_END.search(text, at)
    line = text[at : ended.start() if ended else len(text)]
    inside = line.find(ref.target)
    if inside >= 0:
        return Span(at + inside, at + inside + len(ref.target), "plain", ref.target)
    rest = line.strip()
    start = at + line.find(rest)
    return Span(start, start + len(rest), "plain", ref.target) if rest else None


def _without_line(text: str, span: Span) -> Edit:
    """Return the edit that removes the line of a read-more reference, with the label above it if no other is left."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    ended = _LINE_END.search(text, span.end)
    end = ended.end() if ended else len(text)
    if _ITEM.match(text, start):
        above, below = text[:start].rstrip(), text[end:].lstrip("\r\n")
        label = max(above.rfind("\n"), above.rfind("\r")) + 1
        if not _ITEM.match(text, label) and not _ITEM.match(below):
            start = label
    return Edit("", start, end, "")


def _definition(text: str, ref: Ref) -> Span | None:
    """Return the address of the first definition ``[label]: address`` that leads where the reference does."""
    for found in _DEFINITION.finditer(text):
        span = _address(text, found.end())
        if span is not None and span.target == ref.target:
            return Span(span.start, span.end, "address", span.target)
    return None


def _matter_lines(text: str) -> int:
    closing = re.search(r"(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z)", text)
    return len(_LINE_END.findall(text, 0, closing.start() + 1)) + 1 if closing else 0


def _yaml_key(text: str, ref: Ref) -> tuple[str | int, ...] | None:
    """Return the steps that lead to a reference in YAML."""
    if ref.kind is RefKind.PICTURE:
        written = get(text, ("image", "src"))
        return ("image", "src") if isinstance(written, str) and written.strip() == ref.target else None
    if ref.kind is RefKind.LAYOUT:
        return _layout_key(text, ref)
    key = ref.kind.value
    entries = get(text, key)
    return (key,) if isinstance(entries, str) else _among(entries, ref, (key,))


def _layout_key(text: str, ref: Ref) -> tuple[str | int, ...] | None:
    lead, slots = get(text, "lead"), get(text, "slots")
    if isinstance(lead, str) and _one_line(lead) == ref.target:
        return ("lead",)
    for at, slot in enumerate(slots if isinstance(slots, list) else []):
        articles = slot.get("articles")
        if isinstance(articles, str) and _one_line(articles) == ref.target:
            return ("slots", at, "articles")
        found = _among(articles, ref, ("slots", at, "articles"))
        if found:
            return found
    return None


def _among(entries: object, ref: Ref, key: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
    for at, entry in enumerate(entries if isinstance(entries, list) else []):
        if _one_line(entry) == ref.target:
            return (*key, at)
    return None


def _one_line(text: str) -> str:
    return re.sub(r"[ \t]*\n[ \t\n]*", " ", text).strip(" ").strip()


def _written(form: str, new: str) -> str:
    """Return a name or address in the form that the text has it in."""
    match form:
        case "address":
            return new if _PLAIN_ADDRESS.fullmatch(new) else _escaped_address(new)
        case "wiki":
            return _SPECIAL_IN_WIKI.sub(r"\\\g<0>", new)
        case "attribute":
            return escape(new)
        case _:
            return _SPECIAL.sub(r"\\\g<0>", new)


_SPECIAL_IN_WIKI = re.compile(r"\\(?=[!-/:-@\[-`{-~])|&(?=\#?\w+;)")


def _escaped_address(new: str) -> str:
    return re.sub(r"[\s()<>\\&\[\]]", lambda found: f"%{ord(found[0]):02X}", new)
