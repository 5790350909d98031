"""What is wrong with the addresses of a plan: two outputs for one, and references to some that nothing answers."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from difflib import get_close_matches

from gazepress.config import SETTINGS_FILE, ReferencePolicy
from gazepress.diagnostics import Diagnostic, Severity, problem
from gazepress.model import Article, Author, Document, Output, Ref, Standing, ToSitePath
from gazepress.stages.plan.site import Site
from gazepress.typed_yaml import Located
from gazepress.urls import collision_key, decode_path, output_file, scheme

_GENERATED = "gazepress itself"


def collisions(outputs: Sequence[Output]) -> list[Diagnostic]:
    """Return a problem for every two outputs of one address.

    Addresses that differ only in case or Unicode form count as one, since many disks and servers take them for one; so
    does an address that would have to be a file and a folder at once.
    """
    found: list[Diagnostic] = []
    first: dict[str, Output] = {}
    folders: dict[str, Output] = {}
    for output in outputs:
        key = collision_key(output_file(output.url))
        if key in first:
            found.append(_collision(first[key], output))
        first.setdefault(key, output)
        for at in (at for at, character in enumerate(key) if character == "/"):
            folders.setdefault(key[:at], output)
    found += [_collision(folders[key], output) for key, output in first.items() if key in folders]
    return found


def broken_links(site: Site, known: AbstractSet[str]) -> tuple[frozenset[str], list[Diagnostic]]:
    """Return the site paths that are referred to and not among ``known``, and a problem for each such reference."""
    broken: set[str] = set()
    found: list[Diagnostic] = []
    documents = dict(_documents(site))
    owners = {site.paths[file]: document for file, (document, _) in documents.items()}
    for file, (document, held) in documents.items():
        for ref, target in zip(document.refs, site.graph.targets[file], strict=True):
            if not isinstance(target, ToSitePath):
                continue
            path = plain_path(target.path)
            if path not in known:
                broken.add(path)
                found.append(_broken_link(site, file, ref, known, held=held))
            elif path in owners and target.fragment and target.fragment not in owners[path].fragments:
                found.append(_unknown_fragment(site, file, ref, owners[path], held=held))
    urls = (item.url for item in site.settings.menu if not scheme(item.url.text))
    found += [_broken_menu(url, known) for url in urls if plain_path(url.text) not in known]
    return frozenset(broken), found


def plain_path(address: str) -> str:
    """Return the site path of a written address, without its query and fragment."""
    return decode_path(address.partition("#")[0].partition("?")[0])


def _documents(site: Site) -> Iterator[tuple[str, tuple[Document, bool]]]:
    graph = site.graph
    texts: tuple[Article | Standing | Author, ...] = (
        *graph.articles.values(),
        *graph.pages.values(),
        *graph.authors.values(),
    )
    for text in texts:
        if text.document is not None:
            yield text.id, (text.document, not isinstance(text, Author) and text.held is not None)


def _broken_link(site: Site, file: str, ref: Ref, known: AbstractSet[str], *, held: bool) -> Diagnostic:
    return problem(
        "link-broken",
        f"{ref.target!r} leads to nothing on this site",
        path=file,
        line=ref.line,
        column=ref.column,
        hint=_nearest(plain_path(ref.target), known),
        severity=_severity(site, held=held),
    )


def _broken_menu(url: Located, known: AbstractSet[str]) -> Diagnostic:
    message = f"the menu leads to {url.text!r}, which this site does not have"
    hint = _nearest(plain_path(url.text), known)
    return problem("link-broken", message, path=SETTINGS_FILE, line=url.line, column=url.column, hint=hint)


def _unknown_fragment(site: Site, file: str, ref: Ref, document: Document, *, held: bool) -> Diagnostic:
    near = get_close_matches(ref.target.partition("#")[2], document.fragments, n=3)
    return problem(
        "fragment-unknown",
        f"{ref.target!r} names a place that is not on that page",
        path=file,
        line=ref.line,
        column=ref.column,
        hint=f"did you mean {', '.join('#' + one for one in near)}?" if near else "the page has no such heading",
        severity=_severity(site, held=held),
    )


def _severity(site: Site, *, held: bool) -> Severity:
    lenient = held or site.settings.references is ReferencePolicy.WARNING
    return Severity.WARNING if lenient else Severity.ERROR


def _nearest(path: str, known: AbstractSet[str]) -> str:
    if path + "/" in known:
        return f"did you mean {path}/ with a slash at the end?"
    near = get_close_matches(path, sorted(known)[:5000], n=1)
    return f"did you mean {near[0]}?" if near else ""


def _collision(one: Output, other: Output) -> Diagnostic:
    names = " and ".join(output.sources[0] if output.sources else _GENERATED for output in (one, other))
    urls = one.url if one.url == other.url else f"{one.url} and {other.url}"
    path = next((output.sources[0] for output in (other, one) if output.sources), "")
    return problem("url-collision", f"{names} want the same address: {urls}", path=path)
