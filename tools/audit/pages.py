"""Finds the pages of a built site, and one that stands for each kind."""

import re
from collections.abc import Callable
from pathlib import Path

_RICH = ("<figure", "<table", "<aside", "footnote", "<blockquote", "<ol", "correction", "storyline", "<img", "<details")


def all_pages(site: Path) -> dict[str, str]:
    """Return all pages of a site folder: address from its root (``/about/``) and text."""
    files = sorted(file for file in site.rglob("*.html") if "pagefind" not in file.parts)
    return {
        f"/{file.relative_to(site).as_posix()}".removesuffix("index.html"): file.read_text("utf-8") for file in files
    }


def page_kinds(pages: dict[str, str]) -> dict[str, str]:
    """Return an address for each kind of page that the site has."""
    articles = [path for path, page in pages.items() if 'property="og:type" content="article"' in page]

    def first(pattern: str) -> str | None:
        return next((path for path in pages if re.fullmatch(pattern, path)), None)

    def article(fits: Callable[[str], bool]) -> str | None:
        return next((path for path in articles if fits(_main(pages[path]))), None)

    found = {
        "home": first("/"),
        "second page": first(r"/(latest/)?page/\d+/"),
        "article": max(articles, key=lambda path: _richness(pages[path]), default=None),
        "article without picture": article(lambda main: "<figure" not in main),
        "article in Ukrainian": next((path for path in articles if '<html lang="uk"' in pages[path]), None),
        "section": first(r"/sections/[^/]+/"),
        "tag": first(r"/tags/[^/]+/"),
        "author": first(r"/authors/[^/]+/"),
        "storyline": first(r"/storylines/[^/]+/"),
        "sections": first("/sections/"),
        "tags": first("/tags/"),
        "authors": first("/authors/"),
        "storylines": first("/storylines/"),
        "archive": first("/archive/"),
        "archive year": first(r"/archive/\d{4}/"),
        "archive month": first(r"/archive/\d{4}/\d\d/"),
        "standing page": first("/about/"),
        "not found": first(r"/404\.html"),
        "search": first("/search/"),
        "feeds": first("/feeds/"),
        "redirect": next((path for path, page in pages.items() if 'http-equiv="refresh"' in page), None),
    }
    return {kind: path for kind, path in found.items() if path}


def _main(page: str) -> str:
    return page.partition("<main")[2]


def _richness(page: str) -> tuple[int, int]:
    main = _main(page)
    return sum(mark in main for mark in _RICH), len(main)
