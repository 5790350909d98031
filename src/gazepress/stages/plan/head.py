"""What a page says of itself to browsers and search engines: its head."""

from collections.abc import Mapping
from typing import Any

from gazepress.model import Term
from gazepress.stages.plan.site import FEED, Site, section_path
from gazepress.stages.plan.structured_data import breadcrumb_data, json_ld
from gazepress.views import Head, Link


def make_head(  # noqa: PLR0913 - a head has these parts
    site: Site,
    path: str,
    title: str,
    *,
    description: str = "",
    trail: tuple[Link, ...] = (),
    feeds: tuple[Link, ...] = (),
    data: tuple[Mapping[str, Any], ...] = (),
    index: bool = True,
) -> Head:
    """Return the head of the page at a site path. ``trail`` are the pages above it, from below the front page on."""
    href = site.href(path)
    links = () if path == "/" else (Link(site.settings.title, site.view.home), *trail, Link(title, href))
    crumbs = (breadcrumb_data(site, links),) if links else ()
    return Head(
        title=title,
        description=description or site.settings.description,
        url=site.full(href),
        lang=site.settings.language,
        kind="website",
        index=index and site.public,
        feeds=(Link(site.settings.title, site.view.feed), *feeds),
        trail=links,
        json_ld=json_ld(*data, *crumbs),
    )


def section_feed(site: Site, section: Term) -> Link:
    """Return the link to a section's feed."""
    return Link(f"{site.settings.title}: {section.label}", site.href(section_path(section.slug) + FEED[1:]))
