"""The graph and the settings become a plan: every address of the site and what answers there.

The plan alone owns the addresses. Collisions of any two kinds, and links to addresses that nothing answers, are found
here.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from gazepress.diagnostics import Checked
from gazepress.model import Graph, Plan, Planned, ToFile
from gazepress.outlines import CopyOutline
from gazepress.renditions import PictureFacts
from gazepress.settings import Settings
from gazepress.sources import SourceFile, SourceKind
from gazepress.stages.plan.api import api_outputs
from gazepress.stages.plan.articles import text_outputs
from gazepress.stages.plan.assets import Assets, make_assets, style_sheets
from gazepress.stages.plan.check import broken_links, collisions, missing_files, missing_words, unusable
from gazepress.stages.plan.corrections import correction_outputs
from gazepress.stages.plan.feeds import feed_entries, feed_outputs, repeated_ids
from gazepress.stages.plan.headers import HEADERS, headers
from gazepress.stages.plan.lists import list_outputs
from gazepress.stages.plan.partners import partner_outputs
from gazepress.stages.plan.pictures import Gallery, is_cleaned, picture_outputs, pictures_shown, static_pictures
from gazepress.stages.plan.recorded import moment, unrecorded
from gazepress.stages.plan.redirects import Taken, find_redirects, stubs
from gazepress.stages.plan.rules import rule_files, too_many
from gazepress.stages.plan.search import search_outputs, taken_from_search
from gazepress.stages.plan.site import MANIFEST, Site, make_site, text_paths, with_cards
from gazepress.stages.plan.sitemaps import SITEMAP, make_sitemaps
from gazepress.stages.plan.texts import ROBOTS, machine_texts
from gazepress.url_lock import Recorded
from gazepress.urls import media_path, static_path

__all__ = ["make_plan", "moment", "pictures_shown", "style_sheets", "text_paths"]


def make_plan(
    graph: Graph,
    settings: Settings,
    files: Sequence[SourceFile],
    facts: Mapping[str, PictureFacts],
    sheets: Mapping[str, str],
    recorded: Sequence[Recorded] = (),
) -> Checked[Plan]:
    """Return every address of the site with its outline, in the order of the addresses.

    ``files`` are all that may be copied: the site's own, and those of the theme, whose paths start with ``theme:``.
    ``facts`` tell of the pictures that texts show, by file; ``sheets`` are the texts of ``style_sheets``, by file;
    ``recorded`` is what was ever published. Errors: ``url-collision``, ``id-taken``, ``wrong-value`` for an address
    that no file can have, ``link-broken`` and ``fragment-unknown`` for links to paths of the site, and those of
    ``find_redirects``. Warning: ``words-missing``. Note: ``redirects-many``.
    """
    digests = {file.path: file.digest for file in files if file.path in facts}
    gallery = Gallery(settings.pictures, facts, digests, static_pictures(files))
    assets = make_assets(files, sheets, settings)
    site = with_cards(make_site(settings, graph, gallery, assets, tuple(recorded)), broken=frozenset())
    copies = [*_copies(site, files, assets), *assets.outputs]
    outputs = list(_outputs(site, copies))
    redirects = find_redirects(site, outputs)
    sent_on = list(stubs(site, redirects.value))
    known = {ROBOTS, SITEMAP, MANIFEST, *(output.url for output in (*outputs, *sent_on))}
    broken, problems = broken_links(site, known, redirects.value)
    if broken:  # only now is it known that these links must not be shown
        site = with_cards(site, broken)
        outputs = list(_outputs(site, copies))
    new = (
        unrecorded(graph, site.paths, site.owners, recorded, Taken(outputs, redirects.value).answers)
        if site.frame.public
        else ()
    )
    outputs = [*sent_on, *outputs]
    taken = {copy.url for copy in copies}
    rules = [file for file in rule_files(site, redirects.value) if file.url not in taken]
    outputs += rules
    outputs.sort(key=attrgetter("url"))
    if SITEMAP not in taken:
        outputs += make_sitemaps(site, outputs)
    outputs += (text for text in machine_texts(site, assets.painted_icons) if text.url not in taken)
    if HEADERS not in taken:
        outputs.append(headers(site, assets))
    outputs.sort(key=attrgetter("url"))
    plan = Plan(site.frame, site.cards, site.bylines, tuple(outputs), tuple(new), feed_entries(site, outputs))
    return Checked(
        plan,
        (
            *problems,
            *redirects.diagnostics,
            *too_many(rules),
            *unusable(outputs),
            *collisions(outputs),
            *taken_from_search(outputs),
            *repeated_ids(site),
            *missing_words(site),
            *missing_files(site, files),
        ),
    )


def _outputs(site: Site, copies: Sequence[Planned]) -> Iterator[Planned]:
    yield from text_outputs(site)
    yield from list_outputs(site)
    yield from correction_outputs(site)
    yield from feed_outputs(site)
    yield from search_outputs(site)
    yield from partner_outputs(site)
    yield from api_outputs(site)
    yield from copies
    yield from picture_outputs(site.graph, site.gallery)


def _copies(site: Site, files: Sequence[SourceFile], assets: Assets) -> Iterator[Planned]:
    """Yield the files that are taken over: all static ones, and of the content only what a published text refers to.

    Where held texts are shown, the site's own robots.txt stays behind, since it would let crawlers in. A picture that
    must be cleaned is no copy.
    """
    wanted = {target.path for _, _, target, _ in site.outward if isinstance(target, ToFile)}
    for file in files:
        path = _copy_path(file)
        left_out = file.path in assets.files or (path == ROBOTS and not site.frame.public)
        if is_cleaned(site.gallery, file.path):
            continue
        if (_is_static(file) and not left_out) or file.path in wanted:
            yield Planned(path, CopyOutline(file.path, file.digest), (file.path,))


def _is_static(file: SourceFile) -> bool:
    return file.kind is SourceKind.STATIC


def _copy_path(file: SourceFile) -> str:
    """Return the site path of a file that is taken over byte by byte."""
    return static_path(file.path) if _is_static(file) else media_path(file.path)
