"""The addresses of search: its page, and one index for the articles of each year in each language.

An index for each year, so that an edit makes one anew and not that of the whole archive.
"""

from collections.abc import Iterable, Iterator

from gazepress.diagnostics import Diagnostic, problem
from gazepress.model import Planned, outlines_of
from gazepress.outlines import IndexOutline, Lead, SearchOutline
from gazepress.page_views import SearchIndex
from gazepress.settings import SETTINGS_FILE
from gazepress.stages.plan.articles import leads_of
from gazepress.stages.plan.site import SEARCH, Site
from gazepress.urls import collision_key

_INDEXES = "/pagefind/"
_ENTRY = "pagefind-entry.json"


def search_outputs(site: Site) -> Iterator[Planned]:
    """Yield the search page and all indexes, if the site has search."""
    if not site.settings.search:
        return
    parts: dict[tuple[int, str], list[str]] = {}
    for article in map(site.graph.articles.__getitem__, site.graph.listed):
        language = (article.matter.lang or site.settings.language).partition("-")[0].lower()
        parts.setdefault((site.dates[article.id].year, language), []).append(article.id)
    indexes = []
    for (year, language), articles in sorted(parts.items(), key=lambda part: (-part[0][0], part[0][1])):
        folder = f"{_INDEXES}{year:04}-{language}/"
        leads = tuple(tuple(_titles(site, leads_of(site, article))) for article in articles)
        yield Planned(folder + _ENTRY, IndexOutline(language, tuple(articles), leads))
        indexes.append(SearchIndex(year, language, site.frame.href(folder)))
    yield Planned(SEARCH, SearchOutline(tuple(indexes)))


def _titles(site: Site, leads: Iterable[Lead | None]) -> Iterator[Lead | None]:
    """Yield of each lead its title alone: nothing else of another article is in the text that is indexed."""
    for lead in leads:
        yield Lead(title=site.links[lead.article].title if lead.article else lead.title) if lead else None


def taken_from_search(outputs: Iterable[Planned]) -> Iterator[Diagnostic]:
    """Yield a problem for each output in a folder whose files only the making of a search index will name."""
    outputs = tuple(outputs)
    if not any(outlines_of(outputs, SearchOutline)):
        return
    for output in outputs:
        if collision_key(output.url).startswith(_INDEXES) and not isinstance(output.outline, IndexOutline):
            message = f"nothing else can stand at {output.url!r}: the search indexes lie below {_INDEXES}"
            path = output.sources[0] if output.sources else SETTINGS_FILE
            hint = f"move it, or set `search: off` in {SETTINGS_FILE}"
            yield problem("url-collision", message, path=path, hint=hint)
