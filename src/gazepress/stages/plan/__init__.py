"""The graph and the settings become a plan: every address of the site and what answers there.

The plan alone owns the addresses. Collisions of any two kinds, and links to addresses that nothing answers, are found
here.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from operator import attrgetter

from gazepress.config import Settings
from gazepress.diagnostics import Checked
from gazepress.model import Copy, Graph, Output, Plan, SourceFile, SourceKind, ToFile
from gazepress.stages.plan.articles import text_claims
from gazepress.stages.plan.check import broken_links, collisions, unusable
from gazepress.stages.plan.feeds import feed_claims, repeated_ids
from gazepress.stages.plan.lists import list_claims
from gazepress.stages.plan.site import Site, documents, make_site, media_path, with_cards
from gazepress.stages.plan.texts import ROBOTS, SITEMAP, robots, sitemaps

THEME = "theme:"
"""What the path of a file of the built-in theme starts with."""


def make_plan(graph: Graph, settings: Settings, files: Sequence[SourceFile]) -> Checked[Plan]:
    """Return every address of the site with its output, in the order of the addresses.

    ``files`` are all that may be copied: the site's own, and those of the theme, whose paths start with ``theme:``.
    Errors: ``url-collision``, ``id-taken``, ``wrong-value`` for an address that no file can have, ``link-broken`` and
    ``fragment-unknown`` for links to paths of the site.
    """
    site = make_site(settings, graph)
    copies = list(_copies(site, files))
    sizes = {site.href(copy.url): file.size for file, copy in copies}
    claims = [*text_claims(site), *list_claims(site), *feed_claims(site, sizes)]
    copied = {copy.url for _, copy in copies}
    broken, problems = broken_links(site, {ROBOTS, SITEMAP, *copied, *(claim.url for claim in claims)})
    site = with_cards(site, broken)
    outputs: list[Output] = [claim.make(site) for claim in claims]
    if SITEMAP not in copied:
        outputs += sitemaps(site, outputs)
    if ROBOTS not in copied:
        outputs.append(robots(site))
    outputs += (copy for _, copy in copies)
    outputs.sort(key=attrgetter("url"))
    return Checked(Plan(tuple(outputs)), (*problems, *unusable(outputs), *collisions(outputs), *repeated_ids(site)))


def _copies(site: Site, files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, Copy]]:
    """Yield the files that are taken over: all static ones, and of the content only what a published text refers to.

    A static file of the site takes the place of the theme's at the same address. Where held texts are shown, the
    site's own robots.txt stays behind, since it would let crawlers in.
    """
    wanted = {
        target.path
        for file, _, _ in documents(site)
        for target in site.graph.targets[file]
        if isinstance(target, ToFile)
    }
    own = {_copy_path(file) for file in files if _is_static(file) and not file.path.startswith(THEME)}
    for file in files:
        path = _copy_path(file)
        left_out = path in own if file.path.startswith(THEME) else path == ROBOTS and not site.public
        if (_is_static(file) and not left_out) or file.path in wanted:
            yield file, Copy(path, file.digest, (file.path,))


def _is_static(file: SourceFile) -> bool:
    return file.kind is SourceKind.STATIC


def _copy_path(file: SourceFile) -> str:
    """Return the site path of a file that is taken over byte by byte."""
    if file.path.startswith(THEME):
        return "/theme/" + file.path.removeprefix(THEME)
    return unicodedata.normalize("NFC", file.path.removeprefix("static")) if _is_static(file) else media_path(file.path)
