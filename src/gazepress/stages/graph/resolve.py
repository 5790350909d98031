"""Where every reference leads: to a text, a place in it, a file or a path of the site; and which lead nowhere."""

import posixpath
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import unquote

from gazepress.diagnostics import Checked, Diagnostic, Severity, problem
from gazepress.documents import TO_ARTICLES, Ref, RefKind
from gazepress.model import Target, ToArticle, ToFile, ToHere, ToPage, ToSitePath
from gazepress.published import HeldReason
from gazepress.settings import ReferencePolicy, Settings
from gazepress.stages.graph.matching import Hits, Index
from gazepress.stages.graph.nearest import Nearest
from gazepress.stages.graph.texts import Text, shorten

_CONTENT = "content/"
_LONGEST_ENDING = 6
# Python 3.11 runs a function for each look at a member of an enumeration.
_LINK, _WIKI, _PICTURE, _EARLIER = RefKind.LINK, RefKind.WIKI, RefKind.PICTURE, RefKind.EARLIER


def resolve(
    texts: Sequence[Text],
    settings: Settings,
    files: Collection[str],
    *,
    show_held: bool,
    layout: Text | None = None,
) -> Checked[dict[str, tuple[Target | None, ...]]]:
    """Return what the references of each text lead to, in their order, and all that is wrong with them.

    A public text sees the public ones; only where none of them fits, it is told of one that is held back, and is led
    there if ``show_held``. A text that is held back sees all. The ``layout`` of the front page sees what is public, and
    nothing can refer to it.
    """
    desk = References(texts, settings, files, show_held=show_held)
    targets = {text.path: desk.targets(text) if text.document.refs else () for text in texts}
    if layout is not None:
        targets[layout.path] = desk.targets(layout)
    return Checked(targets, tuple(desk.problems))


class References:
    """Tells where references of ``texts`` lead, or of one that is being written beside them; it keeps the problems."""

    def __init__(self, texts: Sequence[Text], settings: Settings, files: Collection[str], *, show_held: bool) -> None:
        public = [text for text in texts if text.held is None]
        held = [text for text in texts if text.held is not None]
        media = {unicodedata.normalize("NFC", path): path for path in files if path.startswith(_CONTENT)}
        self._desk = _Desk(settings, Nearest(public), show_held=show_held)
        self._outside = _Resolver(Index(public), Index(held), media, self._desk)
        self._inside = _Resolver(Index(texts), Index(()), media, self._desk)

    @property
    def problems(self) -> Sequence[Diagnostic]:
        """Return what has been wrong so far."""
        return self._desk.problems

    def targets(self, text: Text) -> tuple[Target | None, ...]:
        """Return what the references of a text lead to, in their order."""
        return (self._inside if text.held else self._outside).targets(text)

    def check(self, text: Text) -> Checked[tuple[Target | None, ...]]:
        """Return what the references of a text lead to, and what is wrong with these alone.

        The text may be another version of one that is known, or a new one.
        """
        self._desk.forget()
        self._inside.forget(text)
        self._outside.forget(text)
        return Checked(self.targets(text), tuple(self._desk.problems))


class _Resolver:
    """Looks up references in what their texts may see."""

    def __init__(self, shown: Index, hidden: Index, media: Mapping[str, str], desk: "_Desk") -> None:
        self._shown = shown
        self._hidden = hidden
        self._media = media
        self._desk = desk
        self._places: dict[str, frozenset[str]] = {}

    def forget(self, text: Text) -> None:
        """Forget which places the text had: it is about to come in another version."""
        self._places.pop(text.path, None)

    def targets(self, text: Text) -> tuple[Target | None, ...]:
        """Return what the references of a text lead to, in their order."""
        return tuple([self._target(text, ref) for ref in text.document.refs])

    def _target(self, text: Text, ref: Ref) -> Target | None:
        written = ref.target.strip()
        if ref.kind is _LINK:
            return self._address(text, ref, written)
        if ref.kind is _PICTURE:
            return self._picture(text, ref, written)
        if written.startswith("#") and ref.kind is _WIKI:
            return self._here(text, ref, written[1:])
        return self._reference(text, ref, written)

    def _reference(self, text: Text, ref: Ref, written: str) -> Target | None:
        only = ref.kind in TO_ARTICLES
        hits, fragment = self._shown.find(written, text.path, articles_only=only)
        if hits.count == 1:
            return self._text(text, ref, hits.first[0], fragment)
        if hits.count:
            self._desk.ambiguous(text, ref, hits)
            return None
        if ref.kind is _EARLIER and _is_address(written):
            return self._address(text, ref, written)
        hits, fragment = self._hidden.find(written, text.path, articles_only=only)
        if hits.count:
            return self._held(text, ref, hits.first[0], fragment)
        pages, _ = self._shown.find(written, text.path) if only else (Hits(), "")
        self._desk.unknown(text, ref, articles_only=only, page=pages.first[0] if pages.count else None)
        return None

    def _address(self, text: Text, ref: Ref, written: str) -> Target | None:
        """Return what an ordinary link leads to, also one of an earlier-coverage sentence that names no article."""
        path, _, fragment = written.partition("#")
        fragment = _plain(fragment)
        if not path and fragment:
            return self._here(text, ref, fragment)
        if path.startswith("/"):
            return ToSitePath(path, fragment)
        file = _file_at(path, text)
        hit = self._shown.at(file) or self._shown.at(f"{file}/index.md")
        if hit and (hit.is_article or ref.kind is _LINK):
            return self._text(text, ref, hit, fragment)
        if file in self._media:
            return ToFile(self._media[file])
        hidden = self._hidden.at(file) or self._hidden.at(f"{file}/index.md")
        if hidden and not hit:
            return self._held(text, ref, hidden, fragment)
        if file.endswith(".md") and file.startswith(_CONTENT):
            self._desk.unknown(text, ref, articles_only=ref.kind is _EARLIER)
        else:
            self._desk.no_file(text, ref, file, self._shown.at(f"{file}.md"))
        return None

    def _picture(self, text: Text, ref: Ref, written: str) -> Target | None:
        path, _, fragment = written.partition("#")
        if path.startswith("/"):
            return ToSitePath(path, _plain(fragment))
        file = _file_at(path, text)
        if file in self._media:
            return ToFile(self._media[file])
        self._desk.no_file(text, ref, file, None)
        return None

    def _text(self, text: Text, ref: Ref, hit: Text, fragment: str) -> Target | None:
        if hit.path == text.path:
            hit = text
            if not fragment:
                self._desk.refers_to_itself(text, ref)
                return None
        if fragment and not self._has_place(hit, fragment):
            self._desk.no_place(text, ref, fragment, hit)
            fragment = ""
        return ToArticle(hit.path, fragment) if hit.is_article and not hit.is_gone else ToPage(hit.path, fragment)

    def _held(self, text: Text, ref: Ref, hit: Text, fragment: str) -> Target | None:
        self._desk.held(text, ref, hit)
        return self._text(text, ref, hit, fragment) if self._desk.show_held else None

    def _here(self, text: Text, ref: Ref, fragment: str) -> Target | None:
        if self._has_place(text, fragment):
            return ToHere(fragment)
        self._desk.no_place(text, ref, fragment, text)
        return None

    def _has_place(self, text: Text, fragment: str) -> bool:
        places = self._places.get(text.path)
        if places is None:
            places = self._places[text.path] = frozenset(text.document.fragments)
        return fragment in places


class _Desk:
    """Takes down what is wrong with references, in words for the editor. What cannot be resolved is None."""

    def __init__(self, settings: Settings, nearest: Nearest, *, show_held: bool) -> None:
        self.problems: list[Diagnostic] = []
        self.show_held = show_held
        self._settings = settings
        self._nearest = nearest
        self._severity = Severity.ERROR if settings.references is ReferencePolicy.ERROR else Severity.WARNING

    def forget(self) -> None:
        """Forget all problems; as many questions for hints may be asked again."""
        self.problems.clear()
        self._nearest.rest()

    def unknown(self, text: Text, ref: Ref, *, articles_only: bool, page: Text | None = None) -> None:
        kind = "no article" if articles_only else "no article or page"
        hint = self._nearest.hint(ref.target.strip(), articles_only=articles_only)
        if articles_only and ref.target.startswith("/"):
            hint = "name the article by its title, its slug or its file, not by its address"
        if page is not None:
            hint = f"{page.path} is no article; write an ordinary link to it"
        self._report(text, ref, "reference-unknown", f"{_quoted(ref)} leads to {kind}", hint)

    def ambiguous(self, text: Text, ref: Ref, hits: Hits) -> None:
        message = f"{_quoted(ref)} fits {hits.count} texts: {hits.paths}"
        self._report(text, ref, "reference-ambiguous", message, "name the one that is meant by its file")

    def held(self, text: Text, ref: Ref, hit: Text) -> None:
        """Say that a reference leads to something held back, by its file alone: its title must not be seen."""
        assert hit.held is not None
        why = "is a draft"
        if hit.held.until is not None:
            until = f"{hit.held.until.astimezone(self._settings.zone):%Y-%m-%d %H:%M} {self._settings.timezone}"
            why = f"is under embargo until {until}" if hit.held.reason is HeldReason.EMBARGO else f"is dated {until}"
        hint = "take the reference out until then, or hold this text back as well"
        # Never a mere warning: the words of the reference would stay, and may give the held article away.
        severity = Severity.NOTE if self.show_held else Severity.ERROR
        self._report(text, ref, "reference-held", f"this leads to {hit.path}, which {why}", hint, severity)

    def no_place(self, text: Text, ref: Ref, fragment: str, hit: Text) -> None:
        where = "this text" if hit.path == text.path else hit.path
        message = f"{_quoted(ref)} names a place that is not in {where}"
        self._report(text, ref, "fragment-unknown", message, self._nearest.place_hint(fragment, hit.document.fragments))

    def no_file(self, text: Text, ref: Ref, file: str, text_of_name: Text | None) -> None:
        hint = f"put the file at {file}" if ref.target else "write where it leads: [words](address)"
        if not file.startswith(_CONTENT):
            hint = "a relative path must stay in content/; write a path of the site, such as /images/map.svg"
        elif ref.target.lower().startswith("www."):
            hint = f"write the full address: https://{shorten(ref.target)}"
        elif text_of_name is not None:
            hint = f"did you mean {shorten(ref.target)}.md?"
        self._report(text, ref, "file-missing", f"there is no file {_quoted(ref)}", hint)

    def refers_to_itself(self, text: Text, ref: Ref) -> None:
        message = f"{_quoted(ref)} is this text itself"
        hint = "remove the reference, or name the one that is meant"
        self._report(text, ref, "self-reference", message, hint, Severity.WARNING)

    def _report(
        self, text: Text, ref: Ref, code: str, message: str, hint: str = "", severity: Severity | None = None
    ) -> None:
        severity = severity or self._severity
        found = problem(code, message, path=text.path, line=ref.line, column=ref.column, hint=hint, severity=severity)
        self.problems.append(found)


def _is_address(written: str) -> bool:
    """Tell whether the words of an earlier-coverage link are a path, and not a title or slug."""
    path = written.partition("#")[0]
    if not path or path.startswith(("/", "./", "../")):
        return True
    ending = path.rpartition(".")[2]
    return " " not in path and "." in path and len(ending) < _LONGEST_ENDING and ending.isalnum()


def _file_at(path: str, text: Text) -> str:
    """Return the path from the site folder that a relative link in ``text`` names."""
    whole = posixpath.join(posixpath.dirname(text.path), _plain(path.partition("?")[0]))
    return unicodedata.normalize("NFC", posixpath.normpath(whole))


def _plain(written: str) -> str:
    return unicodedata.normalize("NFC", unquote(written))


def _quoted(ref: Ref) -> str:
    """Return the reference as it was written, in quotes and without anything that could steer a terminal."""
    return repr(shorten(ref.target))
