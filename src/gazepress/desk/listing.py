"""The articles of a site that fit what is asked for, told as a table or to other programs."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal, assert_never

import msgspec
from msgspec import Struct

from gazepress.build import WrongUseError
from gazepress.build.newsroom import Newsroom
from gazepress.desk.columns import align
from gazepress.desk.sheet import sheet
from gazepress.desk.terms import find_term
from gazepress.matter import Kind
from gazepress.model import Article
from gazepress.moments import parse_time
from gazepress.published import HeldReason
from gazepress.stages.graph.texts import shorten

Format = Literal["table", "json", "csv", "paths"]

_DAY_ALONE = re.compile(r"\s*\d{4}-\d\d-\d\d\s*", re.ASCII)


class Asked(Struct, frozen=True):
    """Which articles to list: those that fit one of the values of each field that has any.

    Sections, tags and authors are slugs or names; ``since`` and ``until`` are times as editors write them, and a day
    alone includes all of it. ``held`` True asks for what is held back only, False for what is public.
    """

    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    since: str = ""
    until: str = ""
    held: bool | None = None


class Row(Struct, frozen=True):
    """An article in a list. ``held`` is empty for a public one; ``until`` is when the hour will publish it."""

    path: str
    slug: str
    url: str  # the full address
    title: str
    date: datetime  # in the site's timezone
    section: str
    kind: Kind
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    held: HeldReason | None = None
    until: datetime | None = None


def list_articles(newsroom: Newsroom, asked: Asked) -> tuple[Row, ...]:
    """Return the articles that fit, newest first.

    Raises WrongUseError for a section, tag or author that the site does not have, and for a time that is none.
    """
    graph = newsroom.graph
    sections = frozenset(find_term("section", one, graph.sections) for one in asked.sections)
    tags = frozenset(find_term("tag", one, graph.tags) for one in asked.tags)
    authors = frozenset(find_term("author", one, graph.authors) for one in asked.authors)
    since, until = _moment(newsroom, asked.since), _moment(newsroom, asked.until, end=True)
    return tuple(
        _row(newsroom, article)
        for article in graph.articles.values()
        if (not sections or article.section in sections)
        and (not tags or not tags.isdisjoint(article.tags))
        and (not authors or not authors.isdisjoint(article.authors))
        and (not asked.kinds or article.matter.kind in asked.kinds)
        and (since is None or article.matter.date.timestamp() >= since.timestamp())
        and (until is None or article.matter.date.timestamp() < until.timestamp())
        and (asked.held is None or asked.held == (article.held is not None))
    )


def format_list(rows: Collection[Row], shape: Format, *, width: int | None = None) -> str:
    """Return a list in one of its formats. ``width`` is that of a terminal in columns, None where nothing is cut."""
    match shape:
        case "table":
            return _table(rows, width)
        case "json":
            document = {"version": 1, "articles": rows}
            return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
        case "csv":
            return "".join(sheet(Row, rows))
        case "paths":
            return "".join(f"{row.path}\n" for row in rows)
        case _:
            assert_never(shape)


def _moment(newsroom: Newsroom, written: str, *, end: bool = False) -> datetime | None:
    if not written:
        return None
    try:
        moment = parse_time(written, newsroom.settings.zone)
    except ValueError as error:
        raise WrongUseError(f"{written!r} cannot be a time: {error}") from error
    return moment + timedelta(days=1) if end and _DAY_ALONE.fullmatch(written) else moment


def _row(newsroom: Newsroom, article: Article) -> Row:
    graph, zone, held = newsroom.graph, newsroom.settings.zone, article.held
    return Row(
        path=article.id,
        slug=article.slug,
        url=newsroom.settings.url.rstrip("/") + newsroom.paths.get(article.id, "/"),
        title=article.matter.title,
        date=article.matter.date.astimezone(zone),
        section=article.section,
        kind=article.matter.kind,
        tags=tuple(graph.tags[slug].label for slug in article.tags),
        authors=tuple(graph.authors[slug].name for slug in article.authors),
        held=held.reason if held else None,
        until=held.until.astimezone(zone) if held and held.until else None,
    )


def _table(rows: Collection[Row], width: int | None) -> str:
    if not rows:
        return ""
    head = ("date", "section", "article", "held", "title")
    cells = [(f"{row.date:%Y-%m-%d}", row.section, row.slug, row.held or "", shorten(row.title)) for row in rows]
    shown = [at for at in range(len(head)) if any(cell[at] for cell in cells)]
    table = [[cell[at] for at in shown] for cell in (head, *cells)]
    return "".join(f"{line}\n" for line in align(table, width, shrink=-1))
