"""What is wrong with the addresses of a plan: two outputs for one, and references to some that nothing answers."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from urllib.parse import unquote

from gazepress.diagnostics import Diagnostic, Severity, problem
from gazepress.documents import Ref, RefKind
from gazepress.model import Article, Planned, Standing, ToSitePath
from gazepress.outlines import (
    DataOutline,
    FeedOutline,
    FeedsOutline,
    HomeOutline,
    IndexOutline,
    NotFoundOutline,
    RedirectOutline,
    SearchOutline,
    TextOutline,
)
from gazepress.settings import SETTINGS_FILE, ReferencePolicy
from gazepress.sources import SourceFile
from gazepress.stages.plan.redirects import Redirect
from gazepress.stages.plan.site import Site, documents
from gazepress.urls import collision_key, decode_path, output_file, scheme, static_path
from gazepress.words import ENGLISH, catalogue, missing_keys

_LONGEST_NAME = 255  # bytes; what Linux, macOS and Windows allow for one file
_LONGEST_PATH = 1000
_UNSOUND = frozenset(("", ".", ".."))
_USUAL = re.compile(r"(?:/[a-z0-9-]{1,100}){0,6}/(?:[a-z0-9-]{1,100}\.[a-z]{2,4})?")  # nothing can be wrong with it
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LIKE_ENOUGH = 60  # of 100
_MOST_HINTS = 100  # each looks at every address: a site with thousands of broken links must not wait for all of them
_WORDS_NAMED = 5
_SHOWN = 120  # characters of an address in a message


def broken_links(
    site: Site, known: AbstractSet[str], redirects: Iterable[Redirect]
) -> tuple[AbstractSet[str], list[Diagnostic]]:
    """Return the site paths that are referred to and not among ``known``, and a problem for each such reference.

    The places of a text are known, also where ``redirects`` lead to it; those of lists are up to templates.
    """
    broken: set[str] = set()
    found: list[Diagnostic] = []
    nearest = _Nearest(known)
    fragments = {site.paths[file]: document.fragments for file, document, _ in documents(site.graph)}
    fragments |= {one.source: fragments[one.target] for one in redirects if one.target in fragments}
    for file, ref, target, held in site.outward:
        if not isinstance(target, ToSitePath):
            continue
        path, severity = _site_path(target.path), _severity(site, held=held)
        if path not in known:
            broken.add(path)
            message = f"{_shown(ref.target)} leads to nothing on this site"
            hint = nearest.hint(path) or (f"put it at static{path}" if ref.kind is RefKind.PICTURE else "")
            found.append(_at(ref, file, "link-broken", message, hint, severity))
        elif target.fragment and target.fragment not in fragments.get(path, (target.fragment,)):
            message = f"{_shown(ref.target)} names a place that is not on that page"
            hint = _nearest_fragment(target.fragment, fragments[path])
            found.append(_at(ref, file, "fragment-unknown", message, hint, severity))
    return broken, [*found, *_broken_settings(site, known, fragments, nearest)]


def unusable(outputs: Iterable[Planned]) -> list[Diagnostic]:
    """Return a problem for every address that no file below the output folder can have."""
    found = []
    for output in outputs:
        why = _fault(output.url)
        if why:
            message = f"{_name(output)} cannot stand at {_shown(output.url)}: {why}"
            hint = "give it another `slug:`, alias or file name"
            found.append(problem("wrong-value", message, path=_file(output), hint=hint))
    return found


def collisions(outputs: Sequence[Planned]) -> list[Diagnostic]:
    """Return a problem for every two outputs of one address.

    Addresses that differ only in case or Unicode form count as one, since many disks and servers take them for one; so
    does an address that would have to be a file and a folder at once.
    """
    found: list[Diagnostic] = []
    first: dict[str, Planned] = {}
    folders: dict[str, Planned] = {}
    for output in outputs:
        key = collision_key(output_file(output.url))
        if len(key) > _LONGEST_PATH:  # it is unusable already, and may have any number of steps
            continue
        if key in first:
            found.append(_collision(first[key], output))
        else:
            first[key] = output
        folder = key.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = output
            folder = folder.rpartition("/")[0]
    return found + [_collision(folders[key], output) for key, output in first.items() if key in folders]


def missing_words(site: Site) -> Iterator[Diagnostic]:
    """Yield a problem for each language of the site's pages in which the theme cannot say all that it has to.

    Where only some texts are in a language that nobody has words for, their pages speak the site's: that is a note.
    """
    settings, graph = site.settings, site.graph
    texts: tuple[Article | Standing, ...] = (*graph.articles.values(), *graph.pages.values())
    known = catalogue(ENGLISH)
    for language in sorted({settings.language, *(text.matter.lang for text in texts if text.matter.lang)}):
        missing = missing_keys(language, settings.words)
        if not missing:
            continue
        is_whole = len(missing) == len(known)
        ours = language == settings.language or not is_whole
        names = ", ".join(missing[:_WORDS_NAMED]) + (
            f" and {len(missing) - _WORDS_NAMED} more" if len(missing) > _WORDS_NAMED else ""
        )
        what = "has no words" if is_whole else "lacks words"
        instead = "English" if ours else "the site's"
        yield problem(
            "words-missing",
            f"the theme {what} in the language {language!r}, and uses {instead} ones: {names}",
            path=SETTINGS_FILE,
            hint=f"write them in {SETTINGS_FILE}: words: {{{language}: {{{missing[0]}: …}}}}",
            severity=None if ours else Severity.NOTE,
        )


def missing_files(site: Site, files: Sequence[SourceFile]) -> Iterator[Diagnostic]:
    """Yield a problem for each file that the settings of the theme name and that ``static/`` does not hold."""
    theme = site.settings.theme
    statics = {static_path(file.path) for file in files if file.path.startswith("static/")}
    for what, named in (("style sheet", theme.css), ("logo", theme.logo)):
        if named and decode_path(named.text) not in statics:
            message = f"the {what} {_shown(named.text)} is not there"
            hint = _Nearest(statics).hint(decode_path(named.text)) or f"put it at static{named.text}"
            yield problem("link-broken", message, path=SETTINGS_FILE, line=named.line, column=named.column, hint=hint)


class _Nearest:
    """Did-you-mean over the addresses of the site."""

    def __init__(self, known: AbstractSet[str]) -> None:
        self._known = known
        self._sorted: list[str] = []
        self._hints: dict[str, str] = {}

    def hint(self, path: str) -> str:
        """Return a question that names the address most like ``path``; empty if there is none."""
        if path + "/" in self._known:
            return f"did you mean {path}/ with a slash at the end?"
        if path not in self._hints and len(self._hints) < _MOST_HINTS:
            from rapidfuzz import fuzz, process

            self._sorted = self._sorted or sorted(self._known)
            near = process.extractOne(path[:_LONGEST_PATH], self._sorted, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
            self._hints[path] = f"did you mean {near[0]}?" if near else ""
        return self._hints.get(path, "")


def _nearest_fragment(written: str, known: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process

    near = process.extractOne(written[:_LONGEST_PATH], known, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH / 2)
    return f"did you mean #{near[0]}?" if near else "the page has no such heading"


def _broken_settings(
    site: Site, known: AbstractSet[str], fragments: Mapping[str, Sequence[str]], nearest: _Nearest
) -> Iterator[Diagnostic]:
    entries = [("the menu", item.url) for item in site.settings.menu]
    entries += [("the foot of the page", item.url) for item in site.settings.theme.links]
    entries += [(f"`policies: {name}`", url) for name, url in site.settings.policies.given()]
    for where, url in entries:
        address, _, fragment = url.text.partition("#")
        path, fragment = _site_path(address), unquote(fragment)
        if scheme(url.text):
            continue
        if path not in known:
            code, hint = "link-broken", nearest.hint(path)
            message = f"{where} leads to {_shown(url.text)}, which this site does not have"
        elif fragment and fragment not in fragments.get(path, (fragment,)):
            code, hint = "fragment-unknown", _nearest_fragment(fragment, fragments[path])
            message = f"{where} leads to {_shown(url.text)}, a place that is not on that page"
        else:
            continue
        yield problem(code, message, path=SETTINGS_FILE, line=url.line, column=url.column, hint=hint)


def _site_path(address: str) -> str:
    return decode_path(address.partition("?")[0])


def _severity(site: Site, *, held: bool) -> Severity:
    if held:
        return Severity.NOTE
    return Severity.WARNING if site.settings.references is ReferencePolicy.WARNING else Severity.ERROR


def _fault(url: str) -> str:
    """Return why no file below the output folder can answer for a site path; empty if one can."""
    if _USUAL.fullmatch(url):
        return ""
    file = output_file(url)
    names = file.split("/")
    if not url.startswith("/"):
        return "it does not begin with a slash"
    if not _UNSOUND.isdisjoint(names):
        return "a step between two slashes is empty, or stands for a folder above"
    if _CONTROL.search(file):
        return "it holds a control character"
    if len(file.encode()) > _LONGEST_PATH or any(len(name.encode()) > _LONGEST_NAME for name in names):
        return f"it is longer than disks allow ({_LONGEST_NAME} bytes between two slashes, {_LONGEST_PATH} in all)"
    return ""


def _collision(one: Planned, other: Planned) -> Diagnostic:
    names = f"{_name(one)} and {_name(other)} want" if _name(one) != _name(other) else f"{_name(one)} wants twice"
    urls = one.url if one.url == other.url else f"{one.url} and {other.url}"
    files = [one.sources[0] for one in (one, other) if one.sources]
    which = files[0] if len(files) == 1 else "one of them"
    hint = f"give {which} another `slug:`, alias or file name"
    return problem("url-collision", f"{names} the same address: {urls}", path=_file(other) or _file(one), hint=hint)


def _name(output: Planned) -> str:  # noqa: PLR0911 - one for each kind of output
    """Return what an output is to the editor: the file that it is made of, if there is one."""
    match output.outline:
        case TextOutline() if not output.sources:
            return "a file that gazepress makes"
        case FeedOutline(title=title):
            return f"the feed “{title}”"
        case DataOutline():
            return "a document for partners"
        case RedirectOutline():
            is_set = output.sources[0] == SETTINGS_FILE
            return f"a redirect of {SETTINGS_FILE}" if is_set else f"an alias of {output.sources[0]}"
        case HomeOutline():
            return "the front page"
        case NotFoundOutline():
            return "the page for unknown addresses"
        case FeedsOutline():
            return "the page of all feeds"
        case SearchOutline():
            return "the search page"
        case IndexOutline():
            return "a search index"
        case outline:
            return output.sources[0] if output.sources else f"the page “{getattr(outline, 'title', output.url)}”"


def _file(output: Planned) -> str:
    return "" if isinstance(output.outline, FeedOutline | IndexOutline) or not output.sources else output.sources[0]


def _at(ref: Ref, file: str, code: str, message: str, hint: str, severity: Severity) -> Diagnostic:
    return problem(code, message, path=file, line=ref.line, column=ref.column, hint=hint, severity=severity)


def _shown(written: str) -> str:
    """Return an address in quotes and on one line."""
    return repr(written if len(written) <= _SHOWN else written[: _SHOWN - 1] + "…")
