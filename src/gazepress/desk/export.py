"""The archive of a site for other programs: a line of JSON or of a table for each article, made one after the other.

The oldest article comes first, so that an archive that grows does so at its end.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from gazepress.build.newsroom import Newsroom
from gazepress.desk.sheet import sheet
from gazepress.documents import Embed, Hole, Parsed, ReadMore, Role
from gazepress.matter import Correction, CorrectionKind, Source
from gazepress.model import Article, Target, ToArticle, ToPage
from gazepress.sources import LOCK_FILE
from gazepress.stages.plan.recorded import find_owners
from gazepress.url_lock import read_lock
from gazepress.urls import base_path, encode_path

Format = Literal["ndjson", "csv"]
Status = Literal["published", "retracted", "held"]

_BREAK = re.compile(r"</(?:p|li|h[1-6]|blockquote|pre|figcaption|tr|d[td])>|<[bh]r\s*/?>")
_CELL = re.compile(r"</t[dh]>")
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_BOM = "\ufeff"


class ExportedArticle(Struct, frozen=True):
    """An article of the archive. The fields are the keys of a line of JSON, and the columns of the table."""

    id: Annotated[str, Meta(description="What it is called for ever, as in feeds.")]
    status: Annotated[Status, Meta(description="`published`, `retracted`, or with `--drafts` `held`.")]
    url: Annotated[str, Meta(description="Its full address.")]
    file: Annotated[str, Meta(description="The path of its file from the site folder.")]
    title: Annotated[str, Meta(description="The headline.")]
    summary: Annotated[str, Meta(description="One or two sentences; empty for a retracted article.")]
    date: Annotated[datetime, Meta(description="When it was first published, in the site's timezone.")]
    changed: Annotated[datetime | None, Meta(description="When it last changed in substance, or was corrected.")]
    kind: Annotated[str, Meta(description="`report`, `analysis`, `background`, `opinion`, `interview` or `live`.")]
    language: Annotated[str, Meta(description="Its language.")]
    section: Annotated[str, Meta(description="The slug of its section.")]
    tags: Annotated[tuple[str, ...], Meta(description="Its tags.")]
    authors: Annotated[tuple[str, ...], Meta(description="The names of its authors.")]
    dateline: Annotated[str, Meta(description="The place that it comes from.")]
    storyline: Annotated[str, Meta(description="The slug of its storyline.")]
    words: Annotated[int, Meta(description="How many words its text has; 0 for a retracted article.")]
    organizations: Annotated[tuple[str, ...], Meta(description="Organizations that it is about.")]
    people: Annotated[tuple[str, ...], Meta(description="Persons that it is about.")]
    countries: Annotated[tuple[str, ...], Meta(description="Countries that it is about.")]
    systems: Annotated[tuple[str, ...], Meta(description="Systems that it is about.")]
    sources: Annotated[tuple[Source, ...], Meta(description="What it rests on: `name` and `url`.")]
    corrections: Annotated[tuple[Correction, ...], Meta(description="Notes on it: `date`, `text` and `kind`.")]
    text: Annotated[str, Meta(description="With `--text` its whole text without markup, a paragraph a line.")]


def export_archive(newsroom: Newsroom, shape: Format, *, text: bool = False) -> Iterator[str]:
    """Yield the lines of an archive, each with its end, the oldest article first. ``text``: with whole texts."""
    articles = _articles(newsroom, text=text)
    if shape == "csv":
        yield _BOM  # by it spreadsheets know UTF-8
        yield from sheet(ExportedArticle, articles)
    else:
        yield from _ndjson(articles)


def _articles(newsroom: Newsroom, *, text: bool) -> Iterator[ExportedArticle]:
    address = urlsplit(newsroom.settings.url)
    root = f"{address.scheme}://{address.netloc}{base_path(newsroom.settings.url)}"

    def absolute(path: str) -> str:
        return root + encode_path(path)

    lock = newsroom.site / LOCK_FILE
    recorded = read_lock(lock.read_bytes()).value if lock.is_file() else ()
    identities = find_owners(newsroom.graph, newsroom.paths, recorded, absolute).identities
    for article in reversed(tuple(newsroom.graph.articles.values())):
        url = absolute(newsroom.paths[article.id])
        yield _article(newsroom, article, identities[article.id], url, text=text)


def _article(newsroom: Newsroom, article: Article, identity: str, url: str, *, text: bool) -> ExportedArticle:
    """Return an article as it is exported. Of a retracted one there is what was retracted, and why."""
    graph, zone, matter = newsroom.graph, newsroom.settings.zone, article.matter
    notes, status = matter.corrections, _status(article)
    is_whole = status != "retracted"
    if not is_whole:
        notes = tuple(note for note in notes if note.kind is CorrectionKind.RETRACTION)
    parsed = newsroom.library.whole(article.id) if is_whole else None
    return ExportedArticle(
        id=identity,
        status=status,
        url=url,
        file=article.id,
        title=matter.title,
        summary=article.document.summary if is_whole else "",
        date=matter.date.astimezone(zone),
        changed=matter.changed.astimezone(zone) if matter.changed else None,
        kind=matter.kind.value,
        language=matter.lang or newsroom.settings.language,
        section=article.section,
        tags=tuple(graph.tags[slug].label for slug in article.tags if slug in graph.tags),
        authors=tuple(graph.authors[slug].name for slug in article.authors if slug in graph.authors),
        dateline=matter.dateline,
        storyline=graph.storyline_of.get(article.id, ""),
        words=parsed.body.words if parsed else 0,
        organizations=matter.organizations if is_whole else (),
        people=matter.people if is_whole else (),
        countries=matter.countries if is_whole else (),
        systems=matter.systems if is_whole else (),
        sources=matter.sources if is_whole else (),
        corrections=notes,
        text=_plain(newsroom, article.id, parsed) if text and parsed else "",
    )


def _status(article: Article) -> Status:
    if article.held is not None:
        return "held"
    return "retracted" if article.matter.retracted else "published"


# -------------------------------------------------------------------------------------------------- whole texts


def _plain(newsroom: Newsroom, file: str, parsed: Parsed) -> str:
    """Return the words of a text, each paragraph, heading, item and row of a table on a line of its own."""
    refs, targets = parsed.document.refs, newsroom.graph.targets[file]
    html: list[str] = []
    lines: list[str] = []

    def end() -> None:
        rows = _BREAK.sub("\n", _CELL.sub("\t", "".join(html).replace("\n", " "))).split("\n")
        lines.extend(filter(None, (" ".join(unescape(_TAG.sub("", row)).split()) for row in rows)))
        html.clear()

    def title(ref: int) -> str:
        return _title(newsroom, targets[ref]) or refs[ref].target

    for part in parsed.body.parts:
        match part:
            case str():
                html.append(part)
            case Hole(ref=ref, role=role):
                html += [title(ref)] if role is Role.TITLE else []
            case ReadMore(label=label, refs=those):
                end()
                lines += (f"{label}: {title(ref)}" for ref in those)
            case Embed(title=words, address=address):
                end()
                lines.append(f"{words} {address}".strip())
    end()
    return "\n".join(lines)


def _title(newsroom: Newsroom, target: Target | None) -> str:
    graph = newsroom.graph
    match target:
        case ToArticle(id=file) if file in graph.articles:
            return graph.articles[file].matter.title
        case ToPage(id=file) if file in graph.pages:
            return graph.pages[file].matter.title
        case _:
            return ""


# ------------------------------------------------------------------------------------------------------ formats


def _ndjson(articles: Iterator[ExportedArticle]) -> Iterator[str]:
    encode = msgspec.json.Encoder().encode
    for article in articles:
        yield encode(article).decode() + "\n"
