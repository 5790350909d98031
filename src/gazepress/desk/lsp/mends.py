"""How can a problem be mended at a stroke? By the edits that a check brings along, and by what a hint tells to write.

Hints are written for people, in words that are the same wherever they say the same thing; these words are known here.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

from lsprotocol import types
from msgspec import Struct

from gazepress.desk.check import Finding
from gazepress.desk.edits import Edit
from gazepress.desk.lsp.complete import name_for
from gazepress.desk.lsp.context import Context
from gazepress.desk.lsp.diagnose import as_protocol
from gazepress.desk.lsp.names import Name
from gazepress.desk.lsp.shelf import Shelf
from gazepress.desk.lsp.spots import Reference
from gazepress.desk.lsp.text import Place, content_end
from gazepress.desk.spans import respelled
from gazepress.desk.yaml_edits import YamlEditError, append_item


class Mend(Struct, frozen=True):
    """What an editor may choose to do about a problem."""

    title: str
    edits: tuple[Edit, ...]


def quick_fixes(
    context: Context, found: Iterable[Finding], wanted: types.Range, shelf: Shelf
) -> Iterator[types.CodeAction]:
    """Yield the ways to mend those of the problems of a text that stand in a range, in the order of the problems."""
    first, last = context.text.place(wanted.start), context.text.place(wanted.end)
    for one in found:
        shown = context.text.line_range(one.line, one.column)
        if context.text.place(shown.start) <= last and first <= context.text.place(shown.end):
            for at, mend in enumerate(mends(context, one)):
                yield types.CodeAction(
                    title=mend.title,
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=as_protocol(context.text, [one]),
                    is_preferred=at == 0,
                    edit=shelf.workspace_edit(mend.edits),
                )


def mends(context: Context, found: Finding) -> Iterator[Mend]:
    """Yield the ways to mend a problem, likeliest first; none where only a person can tell how."""
    if found.mend:
        yield Mend(_title(found.hint or found.message), found.mend)
        return
    try:
        if found.code in _BY_CODE:
            yield from _BY_CODE[found.code](context, found)
        for pattern, make in _BY_HINT:
            said = pattern.search(found.hint)
            if said:
                yield from make(context, found, said)
                return
    except YamlEditError:
        return


# ------------------------------------------------------------------------------------------------------ references


def _name_another(context: Context, found: Finding) -> Iterator[Mend]:
    ref = _ref(context, found)
    for path in _PROPOSED.findall(found.hint) if ref else ():
        name = context.archive.names.at(path)
        if ref is not None and name is not None:
            yield from _refer(context, ref, _written(context, ref, name), f"Refer to “{name.title}”")


def _name_the_file(context: Context, found: Finding) -> Iterator[Mend]:
    ref = _ref(context, found)
    if ref is not None:
        find = context.archive.lookup.find
        for path in find(ref.ref.target, context.text.path, articles_only=ref.articles_only):
            yield from _refer(context, ref, path, f"Refer to {path}")


def _follow_likely(context: Context, found: Finding) -> Iterator[Mend]:
    """Yield a mend for each report that an earlier-coverage sentence may mean: it goes into ``follows``."""
    for path in _PROPOSED.findall(found.hint):
        name = context.archive.names.at(path)
        if name is not None:
            written = name_for(context, name, _NOTHING, articles_only=True)
            edit = append_item(context.text.source, "follows", written)
            yield Mend(f"Add follows: “{name.title}”", (edit.at(context.text.path),))


def _other_place(context: Context, found: Finding, _said: re.Match[str]) -> Iterator[Mend]:
    ref = _ref(context, found)
    for fragment in re.findall(r"#(\S+?)(?=\?| or #)", found.hint) if ref else ():
        if ref is not None:
            new = f"{ref.ref.target.rpartition('#')[0]}#{fragment}"
            yield from _refer(context, ref, new, f"Lead to #{fragment}")


def _other_address(context: Context, found: Finding, said: re.Match[str]) -> Iterator[Mend]:
    ref = _ref(context, found)
    if ref is not None and "…" not in said[1]:
        yield from _refer(context, ref, said[1], f"Write {said[1]}")


def _ref(context: Context, found: Finding) -> Reference | None:
    place = found.line - 1, found.column - 1
    reference = context.reference(place)
    return reference if reference and reference.start == place else None


def _refer(context: Context, reference: Reference, new: str, title: str) -> Iterator[Mend]:
    edit = respelled(context.text.source, reference.ref, new)
    if edit is not None:
        yield Mend(title, (edit.at(context.text.path),))


def _written(context: Context, reference: Reference, name: Name) -> str:
    """Return how a reference of this form names a text: links by its file, all others by its title if that is clear."""
    _, mark, fragment = reference.ref.target.partition("#")
    row, column = reference.start
    if context.text.lines[row].startswith("[", column) and not context.text.lines[row].startswith("[[", column):
        return posixpath.relpath(name.path, posixpath.dirname(context.text.path)) + mark + fragment
    return name_for(context, name, _NOT_IN_WIKI, articles_only=reference.articles_only)


_PROPOSED = re.compile(r"\((content/[^()]+)\)(?:, or “|; “|\?$|$)")
_NOTHING = re.compile(r"(?!)")
_NOT_IN_WIKI = re.compile(r"[\[\]|]")


# ------------------------------------------------------------------------------------------------------------ YAML


def _other_word(context: Context, found: Finding, said: re.Match[str]) -> Iterator[Mend]:
    """Yield a mend for each word that may stand where the problem is, a key or a value."""
    for word in re.split(r", | or ", said[1]):
        new = word.strip("'`")
        yield _replace(context, *_word(context, found), new, f"Write {new}")


def _list(context: Context, found: Finding, said: re.Match[str]) -> Iterator[Mend]:
    if "…" not in said[1]:
        start, (row, _) = _word(context, found)
        end = row, content_end(context.text.lines[row])
        yield _replace(context, start, end, said[1], f"Write {said[1]}")


def _whole_line(context: Context, found: Finding, said: re.Match[str]) -> Iterator[Mend]:
    row = found.line - 1
    line = context.text.lines[row]
    start = len(line) - len(line.lstrip())
    yield _replace(context, (row, start), (row, len(line)), said[1], f"Write {said[1]}")
    if "remove this line" in found.hint:
        yield from _without_line(context, found, said)


def _without_line(context: Context, found: Finding, _said: re.Match[str]) -> Iterator[Mend]:
    row = found.line - 1
    yield _replace(context, (row, 0), (row + 1, 0), "", "Remove this line")


def _close_front_matter(context: Context, _found: Finding, said: re.Match[str]) -> Iterator[Mend]:
    row = min(int(said[1]), len(context.text.lines))
    at = (row, 0) if row < len(context.text.lines) else (row - 1, len(context.text.lines[row - 1]))
    new = "---\n" if row < len(context.text.lines) else "\n---\n"
    yield _replace(context, at, at, new, f"Close the front matter below line {said[1]}")


def _source(context: Context, _found: Finding, said: re.Match[str]) -> Iterator[Mend]:
    name = json.loads(said[1])
    edit = append_item(context.text.source, "sources", {"name": name})
    yield Mend(_title(f"Add {name} to the sources"), (edit.at(context.text.path),))


def _word(context: Context, found: Finding) -> tuple[Place, Place]:
    text = context.text
    shown = text.line_range(found.line, found.column)
    return text.place(shown.start), text.place(shown.end)


Make = Callable[[Context, Finding, re.Match[str]], Iterator[Mend]]

_BY_CODE: dict[str, Callable[[Context, Finding], Iterator[Mend]]] = {
    "reference-unknown": _name_another,
    "reference-ambiguous": _name_the_file,
    "earlier-unlinked": _follow_likely,
}
_BY_HINT: tuple[tuple[re.Pattern[str], Make], ...] = (
    (re.compile(r"^did you mean #"), _other_place),
    (re.compile(r"^did you mean ('[^']+')\?$"), _other_word),
    (re.compile(r"^did you mean (\S+?)(?: with a slash at the end)?\?$"), _other_address),
    (re.compile(r"^write the full address: (\S+)$"), _other_address),
    (re.compile(r"^one of: (.+)$"), _other_word),
    (re.compile(r"^write (`true` or `false`)$"), _other_word),
    (re.compile(r"^write `([a-z_]+):`(?:$|; else)"), _other_word),
    (re.compile(r"^write (\[.+\]), or quote it"), _list),
    (re.compile(r"^write `([a-z_]+: [^`…]+)`"), _whole_line),
    (re.compile(r"^quote the text: (.+)$"), _whole_line),
    (re.compile(r"from its first slash to its last: (/\S*)$"), _other_word),
    (re.compile(r"(?:^|; else )remove this line$"), _without_line),
    (re.compile(r"^put a line `---` below the last key, probably after line (\d+)$"), _close_front_matter),
    (re.compile(r"^add to .*\{name: (\"(?:[^\"\\]|\\.)*\")\}"), _source),
)


# ----------------------------------------------------------------------------------------------------------- edits


def _replace(context: Context, start: Place, end: Place, new: str, title: str) -> Mend:
    text = context.text
    return Mend(_title(title), (Edit(text.path, text.offset(start), text.offset(end), new),))


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]
