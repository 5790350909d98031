"""Where does a new article belong, and what stands above its text before anybody has written it."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from gazepress.build import WrongUseError
from gazepress.build.newsroom import Newsroom
from gazepress.desk.person import Person
from gazepress.desk.terms import find_term
from gazepress.folding import fold
from gazepress.matter import one_line
from gazepress.model import Article, Author
from gazepress.moments import parse_time
from gazepress.stages.graph.texts import ARTICLES, file_name, language_of
from gazepress.urls import slugify

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")  # a text that needs no quotes in YAML


class Asked(Struct, frozen=True):
    """What is asked for. What is empty is chosen: the slug by the headline, the date by the clock, no section."""

    title: str
    section: str = ""  # its slug or name
    author: str = ""
    date: str = ""  # as editors write it
    slug: str = ""


class NewArticle(Struct, frozen=True):
    """A file to be written. ``byline`` is empty where the site has no author like the person at the keyboard."""

    path: str
    slug: str
    text: str
    byline: str


def plan_article(newsroom: Newsroom, asked: Asked, person: Person) -> NewArticle:
    """Return a draft with all that can be known of it.

    It goes where the newest article of its section lies; a folder named after the year is that of its own date. Raises
    WrongUseError for a headline without an address, a slug that is taken, a section that the settings do not have, and
    a date that is none.
    """
    title = one_line(asked.title)
    if not title or not " ".join(title.split()).isprintable():
        raise WrongUseError("an article needs a headline of one line, in quotes: gazepress new 'Steel Becomes Cheap'")
    date = _date(newsroom, asked.date)
    slug = _slug(newsroom, title, asked.slug)
    section = _section(newsroom, asked.section)
    model = next((one for one in newsroom.graph.articles.values() if one.section == section), None)
    path = f"{_folder(section, model, date)}/{slug}.md"
    if (newsroom.site / path).exists():
        raise WrongUseError(f"there is a file {path} already; choose another name with --slug")
    byline = _byline(newsroom, asked.author) if asked.author else _byline_of(newsroom, person)
    named = model.matter.section if model else ""  # where folders tell the section, they do so here
    lines = _lines(title, _written(date, newsroom), slug, named, byline)
    return NewArticle(path, slug, "\n".join(lines) + "\n", byline)


def write_article(site: Path, article: NewArticle) -> Path:
    """Write the file of a new article and return where it is. Raises OSError where the disk does not take it."""
    file = site / article.path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(article.text)
    return file


def _date(newsroom: Newsroom, written: str) -> datetime:
    zone = newsroom.settings.zone
    if not written:
        return newsroom.as_of.astimezone(zone).replace(second=0, microsecond=0)
    try:
        return parse_time(written, zone).astimezone(zone)
    except ValueError as error:
        raise WrongUseError(f"{written!r} cannot be the date of an article: {error}") from error


def _written(date: datetime, newsroom: Newsroom) -> str:
    """Return a date as editors write it: without an offset, unless that would name another hour."""
    plain = date.strftime("%Y-%m-%d %H:%M")
    try:
        is_clear = parse_time(plain, newsroom.settings.zone).timestamp() == date.timestamp()
    except ValueError:
        is_clear = False
    return plain if is_clear else date.isoformat(sep=" ")


def _slug(newsroom: Newsroom, title: str, given: str) -> str:
    slug = given or slugify(title, language_of(newsroom.settings.language))
    if not _SLUG.fullmatch(slug):
        raise WrongUseError(
            f"a slug cannot be {given!r}: use a-z, 0-9 and hyphens"
            if given
            else "no address can be made of this headline; give one with --slug"
        )
    taken = next((one.id for one in newsroom.graph.articles.values() if one.slug == slug), "")
    if taken:
        raise WrongUseError(f"the slug {slug!r} is that of {taken}; choose another one with --slug")
    return slug


def _section(newsroom: Newsroom, written: str) -> str:
    """Return the slug of a section. Where the settings name none, an article may open one."""
    if not written:
        return ""
    try:
        return find_term("section", written, newsroom.graph.sections)
    except WrongUseError:
        slug = slugify(written, language_of(newsroom.settings.language))
        if newsroom.settings.sections or not slug:
            raise
        return slug


def _folder(section: str, model: Article | None, date: datetime) -> str:
    """Return the folder of a new article: that of ``model``, in which a year, and a month after it, become its own."""
    if model is None:
        return f"{ARTICLES}{section}".rstrip("/")
    folders = model.id.split("/")[: -2 if model.id.endswith("/index.md") else -1]
    then = model.matter.date.astimezone(date.tzinfo)
    for at, folder in enumerate(folders):
        if folder == f"{then:%Y}":
            folders[at] = f"{date:%Y}"
            if folders[at + 1 : at + 2] == [f"{then:%m}"]:
                folders[at + 1] = f"{date:%m}"
    return "/".join(folders)


def _byline(newsroom: Newsroom, written: str) -> str:
    """Return an author as articles name one: by the file in ``content/authors/`` if there is one, else by name."""
    try:
        author = newsroom.graph.authors[find_term("author", written, newsroom.graph.authors)]
    except WrongUseError:
        return _one_line(written)
    return file_name(author.id) if author.id else author.name


def _byline_of(newsroom: Newsroom, person: Person) -> str:
    """Return the author who sits at the keyboard; where the site knows no authors yet, simply the name."""
    authors = newsroom.graph.authors
    if not authors:
        return _one_line(person.name)
    slug = slugify(person.name, language_of(newsroom.settings.language))
    for author in authors.values():
        if fold(author.name) == fold(person.name) or author.slug == slug or _is_at(author, person.email):
            return _byline(newsroom, author.slug)
    return ""


def _is_at(author: Author, email: str) -> bool:
    links = author.matter.links if author.matter else ()
    return bool(email) and any(link.url.casefold() == f"mailto:{email}".casefold() for link in links)


def _lines(title: str, date: str, slug: str, section: str, byline: str) -> Iterator[str]:
    yield "---"
    yield f"title: {_quoted(title)}"
    yield f"date: {date}"
    yield f"slug: {slug}"
    if section:
        yield f"section: {_plain(section)}"
    yield f"authors: [{_plain(byline)}]" if byline else "authors: []"
    yield "tags: []"
    yield 'summary: ""'
    yield "sources: []"
    yield "status: draft"
    yield "---"
    yield ""


def _one_line(name: str) -> str:
    return " ".join("".join(sign for sign in name if sign.isprintable() or sign.isspace()).split())


def _plain(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """Return a YAML text in double quotes: of printable characters, JSON is YAML (YAML 1.2.2, 1.3)."""
    return json.dumps(text, ensure_ascii=False)
