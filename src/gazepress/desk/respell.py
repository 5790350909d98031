"""How are all references to what has another name written now? They lead where they led, in the form that they had.

Nothing is guessed: the site is read as it would be after the change, each reference that leads elsewhere is written in
another way, and the site is read again, until every one of them leads where it did.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

from msgspec import Struct

from gazepress.desk.draft import Draft, Outlook
from gazepress.desk.edits import ChangeError, Edit, edited
from gazepress.desk.spans import respelled, unlinked
from gazepress.diagnostics import Diagnostic, problem
from gazepress.documents import IN_YAML, Ref, RefKind
from gazepress.folding import fold
from gazepress.model import Target, ToArticle, ToFile, ToPage, ToSitePath
from gazepress.urls import decode_path, encode_path

_ARTICLES = "content/articles/"
_LISTS = ("/tags/", "/sections/", "/authors/")
_ROUNDS = 40
_PATH = re.compile(r"[\w/.~@=,-]+")
_KEPT = "/~!$&'*+,;=:@-._"


class Renames(Struct, frozen=True):
    """What has another name after a change, by its old one."""

    texts: Mapping[str, str] = {}  # by file
    replaced: Mapping[str, str] = {}  # texts that go: the file of the one that takes the place, or nothing
    tags: Mapping[str, str] = {}  # by slug, as the two below
    sections: Mapping[str, str] = {}
    authors: Mapping[str, str] = {}


class Name(Struct, frozen=True):
    """By what a text can be referred to."""

    path: str
    slug: str
    title: str


class _Wrong(Struct, frozen=True):
    """A reference that does not lead where it should: it led to ``was`` and is to lead to ``wanted``.

    ``number`` counts among the references of its text as they were before the change.
    """

    ref: Ref
    number: int
    was: Target
    wanted: Target | None


def respell(draft: Draft, renames: Renames, urls: Mapping[str, str]) -> Outlook:
    """Write all references of a draft so that they lead where they led, and return the site as it then is.

    ``urls`` are the site paths that have changed, by the old ones. Raises ChangeError where a reference can be written
    in no way that still leads there.
    """
    work = _Respelling(draft, renames, urls)
    wrong: dict[str, list[_Wrong]] = {}
    for _ in range(_ROUNDS):
        after = draft.outlook()
        wrong = {path: found for path in draft.before.graph.targets if (found := list(work.wrong(path, after)))}
        if not wrong:
            return after
        for path, found in wrong.items():
            work.rewrite(path, found, after)
    raise ChangeError(*(_by_hand(path, one.ref) for path, found in wrong.items() for one in found))


def name_of(site: Outlook, file: str) -> Name:
    """Return the name of an article, a standing page or an author."""
    graph = site.graph
    if file in graph.articles:
        return Name(file, graph.articles[file].slug, graph.articles[file].matter.title)
    if file in graph.gone:
        return Name(file, graph.gone[file].slug, graph.gone[file].matter.title)
    if file in graph.pages:
        return Name(file, graph.pages[file].slug, graph.pages[file].matter.title)
    author = next(one for one in graph.authors.values() if one.id == file)
    return Name(file, author.slug, author.name)


def new_path(path: str, urls: Mapping[str, str]) -> str | None:
    """Return the new site path of a page that has moved, also of one below a list; None for all others."""
    if path in urls:
        return urls[path]
    moved = (old for old in urls if old.startswith(_LISTS) and path.startswith(old))
    return next((urls[old] + path.removeprefix(old) for old in moved), None)


class _Respelling:
    """The references of a site on their way through a change: in which ways each has been written already."""

    def __init__(self, draft: Draft, renames: Renames, urls: Mapping[str, str]) -> None:
        self._draft, self._renames, self._urls = draft, renames, urls
        self._gone = {path for file, path in draft.before.paths.items() if file in renames.replaced}
        self._tries: dict[tuple[str, int], int] = {}
        self._dropped: dict[str, set[int]] = {}

    def wrong(self, path: str, after: Outlook) -> Iterator[_Wrong]:
        """Yield the references of a text that do not lead where they should."""
        targets, place = self._draft.before.graph.targets[path], self._draft.place(path)
        if path in self._draft.removes or not targets:
            return
        kept = [at for at in range(len(targets)) if at not in self._dropped.get(path, ())]
        refs, now = after.documents[place].refs, after.graph.targets[place]
        if len(refs) != len(kept):
            hint = "make the change by hand: nothing was changed"
            raise ChangeError(problem("edit-refused", "the text would have other references", path=path, hint=hint))
        wanted = [self._wanted(targets[at], path) for at in kept]
        for at, number in enumerate(kept):
            was, ref = targets[number], refs[at]
            if was is None:
                continue
            others = (other for other, one in enumerate(refs) if one.kind is ref.kind and other != at)
            is_twice = self._is_replaced(was) and ref.kind in IN_YAML and wanted[at] in {wanted[one] for one in others}
            if is_twice or wanted[at] is None or not _is_same(now[at], wanted[at]):
                yield _Wrong(ref, number, was, None if is_twice else wanted[at])

    def rewrite(self, path: str, wrong: Sequence[_Wrong], after: Outlook) -> None:
        """Write the references of a text in the next way that might do; of its lists one entry goes at a time."""
        text, edits, is_shorter = self._draft.text(path), [], False
        for one in wrong:
            if one.wanted is None:
                is_entry = one.ref.kind in IN_YAML or one.ref.kind is RefKind.READ_MORE
                if is_entry and is_shorter:
                    continue
                edits.append(unlinked(text, one.ref))
                is_shorter = is_shorter or is_entry
                self._dropped.setdefault(path, set()).add(one.number)
            else:
                edits.append(self._respelled(path, text, one, after))
            if edits[-1] is None:
                raise ChangeError(_by_hand(path, one.ref))
        self._draft.set_text(path, edited(text, [edit for edit in edits if edit is not None]))

    def _respelled(self, path: str, text: str, one: _Wrong, after: Outlook) -> Edit | None:
        key = path, one.number
        attempt = self._tries[key] = self._tries.get(key, -1) + 1
        assert one.wanted is not None
        ways = list(_ways(one, path, self._draft.place(path), self._draft.before, after))
        return respelled(text, one.ref, ways[attempt]) if attempt < len(ways) else None

    def _wanted(self, target: Target | None, path: str) -> Target | None:
        """Return where a reference in ``path`` is to lead that led to ``target``; None where it has to go."""
        match target:
            case ToArticle() | ToPage():
                if self._is_replaced(target):
                    new = self._renames.replaced[target.id]
                    return ToArticle(new) if new and new != path else None
                return type(target)(self._draft.place(target.id), target.fragment)
            case ToSitePath(path=written, fragment=fragment):
                address, mark, query = written.partition("?")
                path = decode_path(address)
                moved = new_path(path, self._urls)
                if moved is None:
                    return target
                return ToSitePath(encode_path(moved) + mark + query, "" if path in self._gone else fragment)
            case _:
                return target

    def _is_replaced(self, target: Target | None) -> bool:
        return isinstance(target, ToArticle | ToPage) and target.id in self._renames.replaced


def _is_same(target: Target | None, wanted: Target | None) -> bool:
    if isinstance(target, ToSitePath) and isinstance(wanted, ToSitePath):
        return decode_path(target.path) == decode_path(wanted.path) and target.fragment == wanted.fragment
    if isinstance(target, ToArticle | ToPage) and isinstance(wanted, ToArticle | ToPage):
        return (target.id, target.fragment) == (wanted.id, wanted.fragment)  # what was taken down is no article
    return target == wanted


def _ways(one: _Wrong, path: str, place: str, before: Outlook, after: Outlook) -> Iterator[str]:
    """Yield the ways to write a reference of the text at ``path``, then ``place``: first the one that it has now."""
    ref, wanted = one.ref, one.wanted
    written = ref.target.strip()
    if isinstance(wanted, ToSitePath):
        fragment = written.partition("#")[2]
        yield f"{wanted.path}#{fragment}" if wanted.fragment else wanted.path
        return
    if isinstance(wanted, ToFile):
        yield _file_path(written, path, place, wanted.path, one.was)
        return
    assert isinstance(wanted, ToArticle | ToPage)
    assert isinstance(one.was, ToArticle | ToPage)
    was, now = name_of(before, one.was.id), name_of(after, wanted.id)
    has_fragment = bool(wanted.fragment)
    bare = written.rpartition("#")[0].strip() if has_fragment else written
    fragment = f"#{written.rpartition('#')[2]}" if has_fragment else ""
    by_path = _file_path(written.partition("#")[0], path, place, now.path, one.was)
    ways = {"path": by_path, "slug": now.slug, "title": now.title}
    if ref.kind is RefKind.LINK or (ref.kind is RefKind.EARLIER and _form(bare, was) == "path"):
        order = ["path"]
    else:
        order = [_form(bare, was), "slug", "title", "path"]
    for form in dict.fromkeys(order):
        new = ways[form]
        if form == "title" and was.title in bare:
            new = bare.replace(was.title, now.title, 1)  # with the quotes and stops that stood there
        yield new + fragment
    if ref.kind is not RefKind.LINK:
        yield now.path.removeprefix(_ARTICLES) + fragment
        yield now.path + fragment


def _form(written: str, was: Name) -> str:
    """Return whether a reference is written as a path, a slug or a title."""
    if written == was.slug:
        return "slug"
    return "title" if fold(written) == fold(was.title) else "path"


def _file_path(written: str, path: str, place: str, file: str, was: Target) -> str:
    """Return the path of ``file`` as the text at ``place`` names it: from where it was counted when it was written."""
    plain = unicodedata.normalize("NFC", unquote(written.partition("?")[0]))
    old = unicodedata.normalize("NFC", was.path if isinstance(was, ToFile) else getattr(was, "id", ""))
    here = posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))
    stems = {old, old.removesuffix(".md"), old.removesuffix("/index.md")}
    new = posixpath.relpath(file, posixpath.dirname(place))
    if here not in stems and plain in stems:
        new = file
    elif here not in stems and _ARTICLES + plain in stems:
        new = file.removeprefix(_ARTICLES) if file.startswith(_ARTICLES) else file
    elif plain.startswith("./") and not new.startswith("../"):
        new = f"./{new}"
    if not plain.endswith(".md") and old.endswith(".md"):
        new = new.removesuffix("/index.md") if new.endswith("/index.md") else new.removesuffix(".md")
    query = written[len(written.partition("?")[0]) :].partition("#")[0]
    return (new if _PATH.fullmatch(new) and "%" not in written else quote(new, safe=_KEPT)) + query


def _by_hand(path: str, ref: Ref) -> Diagnostic:
    message = f"this reference cannot be written anew by a command: {ref.target!r}"
    hint = "write it in another form, such as [[Title]], and give the command once more; nothing was changed"
    return problem("edit-refused", message, path=path, line=ref.line, column=ref.column, hint=hint)
