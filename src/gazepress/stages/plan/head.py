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
    trail: tuple[tuple[str, str], ...] = (),
    feeds: tuple[Link, ...] = (),
    data: tuple[Mapping[str, Any], ...] = (),
    index: bool = True,
) -> Head:
    """Return the head of the page at a site path. ``trail`` holds the titles and site paths above this page."""
    steps = [(site.settings.title, "/"), *trail, (title, path)]
    links = tuple(Link(step, site.href(at)) for step, at in steps)
    crumbs = breadcrumb_data([(step, site.absolute(at)) for step, at in steps])
    return Head(
        title=title,
        description=description or site.settings.description,
        url=site.absolute(path),
        lang=site.settings.language,
        kind="website",
        index=index and site.public,
        feeds=(Link(site.settings.title, site.href(FEED)), *feeds),
        trail=links if path != "/" else (),
        json_ld=json_ld(*data, *((crumbs,) if path != "/" else ())),
    )


def section_feed(site: Site, section: Term) -> Link:
    """Return the link to a section's feed."""
    return Link(f"{site.settings.title}: {section.label}", site.href(section_path(section.slug) + FEED.lstrip("/")))
