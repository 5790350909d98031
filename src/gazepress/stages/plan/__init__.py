"""The graph and the settings become a plan: every address of the site and what answers there.

The plan alone owns the addresses. Collisions of any two kinds, and links to addresses that nothing answers, are found
here.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from gazepress.config import Settings
from gazepress.diagnostics import Checked
from gazepress.model import Copy, Graph, Output, Plan, SourceFile, SourceKind, ToFile
from gazepress.stages.plan.articles import text_claims
from gazepress.stages.plan.check import broken_links, collisions
from gazepress.stages.plan.feeds import feed_claims
from gazepress.stages.plan.lists import list_claims
from gazepress.stages.plan.site import Claim, Site, make_card, make_site, media_path
from gazepress.stages.plan.texts import ROBOTS, SITEMAP, robots, sitemaps

THEME = "theme:"
"""What the path of a file of the built-in theme starts with."""


def make_plan(graph: Graph, settings: Settings, files: Sequence[SourceFile]) -> Checked[Plan]:
    """Return every address of the site with its output, in the order of the addresses.

    ``files`` are all that may be copied: the site's own, and those of the theme with paths that start with ``theme:``.
    """
    site = make_site(settings, graph)
    copies = {claim.url: claim for claim in _copies(site, files)}
    sizes = {_copy_path(file): file.size for file in files}
    claims = [*text_claims(site), *list_claims(site), *feed_claims(site, sizes), *copies.values()]
    broken, problems = broken_links(site, {ROBOTS, SITEMAP, *(claim.url for claim in claims)})
    site = replace(site, broken=broken)
    site = replace(site, cards={one.id: make_card(site, one) for one in graph.articles.values()})
    pages = [claim.make(site) for claim in claims]
    texts = [text for text in (*sitemaps(site, pages), robots(site)) if text.url not in copies]
    outputs = sorted((*pages, *texts), key=lambda output: output.url)
    problems += collisions(outputs)
    return Checked(Plan(tuple(outputs)), tuple(problems))


def _copies(site: Site, files: Sequence[SourceFile]) -> Iterator[Claim]:
    """Yield the files that are taken over: all static ones, and of the content only what a published text refers to.

    A static file of the site takes the place of the theme's at the same address.
    """
    wanted = {
        target.path for targets in site.graph.targets.values() for target in targets if isinstance(target, ToFile)
    }
    own = {_copy_path(file) for file in files if file.kind is SourceKind.STATIC and not file.path.startswith(THEME)}
    for file in files:
        shadowed = file.path.startswith(THEME) and _copy_path(file) in own
        if (file.kind is SourceKind.STATIC and not shadowed) or file.path in wanted:
            copy = Copy(_copy_path(file), file.digest, (file.path,))
            yield Claim(copy.url, partial(_as_is, copy))


def _as_is(copy: Copy, _: Site) -> Output:
    return copy


def _copy_path(file: SourceFile) -> str:
    """Return the site path of a file that is taken over byte by byte."""
    if file.path.startswith(THEME):
        return "/theme/" + file.path.removeprefix(THEME)
    if file.kind is SourceKind.STATIC:
        return file.path.removeprefix("static")
    return media_path(file.path)
