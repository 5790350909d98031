"""What a page says of itself to browsers and search engines: its head."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from gazepress.outlines import Frame
from gazepress.page_views import Alternate, Head
from gazepress.policy import content_policy
from gazepress.stages.compose.structured_data import breadcrumb_data, json_ld
from gazepress.views import Card, FeedLink, Link, in_languages

_COUNTRY_LETTERS = 2
_LOCALES = {"de": "de_DE", "en": "en_US", "fr": "fr_FR", "pl": "pl_PL", "uk": "uk_UA"}


def make_head(  # noqa: PLR0913 - a head has these parts
    frame: Frame,
    path: str,
    title: str,
    *,
    description: str = "",
    trail: tuple[Link, ...] = (),
    feeds: tuple[FeedLink, ...] = (),
    data: tuple[Mapping[str, Any], ...] = (),
    index: bool = True,
) -> Head:
    """Return the head of the page at a site path. ``trail`` are the pages above it, from below the front page on."""
    href, site = frame.href(path), frame.view
    links = () if path == "/" else (Link(site.title, site.home), *trail, Link(title, href))
    crumbs = (breadcrumb_data(frame, links),) if links else ()
    head = Head(
        title=title,
        description=description or site.description,
        url=frame.full(href),
        lang=site.language,
        kind="website",
        index=index and frame.public,
        feeds=site.feeds if path == "/" else (*site.feeds[:1], *feeds),
        trail=links,
        json_ld=json_ld(*data, *crumbs),
        policy=page_policy(frame),
    )
    return in_language(head, site.language)


def in_language(head: Head, lang: str) -> Head:
    """Return the head of a page in a language."""
    return replace(head, lang=lang, locale=_locale(lang))


def translated(head: Head, frame: Frame, cards: Sequence[Card]) -> Head:
    """Return the head of an article that is there in several languages: all these ``cards``, the original first."""
    if not cards:
        return head
    alternates = tuple(Alternate(tag, frame.full(card.url)) for tag, card in in_languages(cards, frame.view.language))
    locales = dict.fromkeys(_locale(card.lang or frame.view.language) for card in cards)
    others = tuple(one for one in locales if one and one != head.locale)
    return replace(head, alternates=alternates, other_locales=others)


def _locale(lang: str) -> str:
    """Return a language as Open Graph asks for it, with a country; empty where none goes with it by itself."""
    language, _, region = lang.partition("-")
    is_country = len(region) == _COUNTRY_LETTERS
    return f"{language}_{region.upper()}" if is_country else _LOCALES.get(lang, "")


def page_policy(frame: Frame, *, search: bool = False) -> str:
    """Return what a page says of what it may load; empty where the publication leaves that to its server."""
    return content_policy(players=frame.players, search=search, in_page=True) if frame.policy_meta else ""
