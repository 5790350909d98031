"""Under which sections, tags and authors the shown texts stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from gazepress.diagnostics import Checked, Diagnostic, Severity, problem
from gazepress.folding import fold
from gazepress.matter import AuthorMatter, FrontMatter, PageMatter
from gazepress.model import Article, Author, Standing, Term
from gazepress.settings import Settings
from gazepress.stages.graph.similar import similar_tags
from gazepress.stages.graph.texts import ARTICLES, Text, file_name, language_of
from gazepress.urls import slugify

_LISTED = 5  # files that an ambiguous author may be


class Catalog(Struct, frozen=True):
    """The shown texts as records, and what they stand under. Each map is in the order that ``Graph`` describes."""

    articles: Mapping[str, Article]
    pages: Mapping[str, Standing]
    sections: Mapping[str, Term]
    tags: Mapping[str, Term]
    authors: Mapping[str, Author]
    gone: Mapping[str, Article] = {}
    emptied: Mapping[str, tuple[Term, ...]] = {}


def make_catalog(texts: Sequence[Text], settings: Settings) -> Checked[Catalog]:
    """Return the catalog of ``texts``, which come in the order of their paths.

    What was retracted or taken down stands under nothing, and is no reason for a section, tag or author to be there. A
    tag or section that gives no slug, and a doubtful author, is a problem.
    """
    problems: list[Diagnostic] = []
    language = language_of(settings.language)
    sections, tags = _Sections(settings), _Tags(language)
    others = [text for text in texts if not text.is_article]
    bylines = _Bylines(others, language)
    articles: dict[str, Article] = {}
    gone: dict[str, Article] = {}
    for text in sorted(texts, key=lambda text: -text.moment):
        path, matter = text.path, text.document.matter
        if isinstance(matter, FrontMatter):
            is_gone = text.is_gone
            listed = not (is_gone or matter.retracted)
            article = Article(
                id=path,
                document=text.document,
                matter=matter,
                slug=text.slug,
                section=sections.add(path, matter, problems, listed=listed),
                tags=tags.add(path, matter.tags, problems) if listed else (),
                authors=bylines.add(path, matter.authors, problems) if listed else (),
                held=text.held,
            )
            (gone if is_gone else articles)[path] = article
    retracted = [article for article in articles.values() if article.matter.retracted]
    under_section, under_tag, under_author = _stood_under(retracted, bylines, language)
    catalog = Catalog(
        articles,
        {text.path: standing for text in others if (standing := _standing(text))},
        {slug: replace(one, retracted=under_section.articles(slug)) for slug, one in sections.terms().items()},
        {slug: replace(one, retracted=under_tag.articles(slug)) for slug, one in tags.terms().items()},
        {slug: replace(one, retracted=under_author.articles(slug)) for slug, one in bylines.authors().items()},
        gone,
    )
    for article in retracted:  # its authors are named where they are known anyway
        names = tuple(slug for slug in bylines.known(article.matter.authors) if slug in catalog.authors)
        articles[article.id] = replace(article, authors=names)
    emptied = {
        "sections": _emptied(under_section, catalog.sections),
        "tags": _emptied(under_tag, catalog.tags),
        "authors": _emptied(under_author, catalog.authors),
    }
    catalog = replace(catalog, emptied=emptied)
    return Checked(catalog, (*problems, *similar_tags(catalog.tags)))


def neighbors(articles: Mapping[str, Article], sections: Mapping[str, Term]) -> dict[str, tuple[str, str]]:
    """Return for each article the next older and the next newer one of its section, or empty texts."""
    found = dict.fromkeys(articles, ("", ""))
    for term in sections.values():
        ids = ("", *term.articles, "")
        found |= {ids[at]: (ids[at + 1], ids[at - 1]) for at in range(1, len(ids) - 1)}
    return found


def _stood_under(retracted: Iterable[Article], bylines: "_Bylines", language: str) -> tuple["_Shelf", ...]:
    """Return the sections, the tags and the authors of retracted articles, each with these."""
    sections, tags, authors = _Shelf(), _Shelf(), _Shelf()
    for article in retracted:
        matter = article.matter
        sections.add({article.section: _section_name(article.id, matter)}, article.id)
        tags.add({slugify(tag, language): tag for tag in map(_one_line, matter.tags)}, article.id)
        authors.add(bylines.known(matter.authors), article.id)
    return sections, tags, authors


def _emptied(former: "_Shelf", known: Collection[str]) -> tuple[Term, ...]:
    """Return what is no longer ``known``, since all that stood under it was retracted."""
    terms = [term for term in former.terms() if term.slug and term.slug not in known]
    return tuple(Term(term.slug, term.label, (), retracted=term.articles) for term in sorted(terms, key=_by_label))


class _Shelf:
    """Terms in the making: how each slug was spelled, and its articles in the order in which they come."""

    def __init__(self) -> None:
        self._spellings: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._articles: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, spellings: Mapping[str, str], article: str) -> None:
        """Put an article under some slugs, each as it spells it."""
        for slug, spelling in spellings.items():
            self._spellings[slug][spelling] += 1
            self._articles[slug].append(article)

    def articles(self, slug: str) -> tuple[str, ...]:
        return tuple(self._articles.get(slug, ()))

    def terms(self) -> list[Term]:
        """Return the terms, each labelled with its most frequent spelling, of several the alphabetically first."""
        return [
            Term(slug, min(spellings, key=lambda one: (-spellings[one], one)), self.articles(slug))
            for slug, spellings in self._spellings.items()
        ]


class _Sections:
    """The sections of the settings, and those that are found in articles."""

    def __init__(self, settings: Settings) -> None:
        self._settings = {one.slug: one for one in settings.sections}
        self._language = language_of(settings.language)
        self._by_name = {slugify(one.name, self._language): one.slug for one in settings.sections}
        self._slugs: dict[str, str] = {}  # spelling → slug
        self._shelf = _Shelf()

    def add(self, path: str, matter: FrontMatter, problems: list[Diagnostic], *, listed: bool) -> str:
        """Return the slug of an article's section, and put it there if ``listed``. The settings' name will do too."""
        spelling = _section_name(path, matter)
        if not spelling:
            return ""
        slug = self._slugs.get(spelling)
        if slug is None:
            plain = slugify(spelling, self._language)
            slug = self._slugs[spelling] = plain if plain in self._settings else self._by_name.get(plain, plain)
        if slug and listed:
            self._shelf.add({slug: spelling}, path)
        elif not slug:
            message = f"no address can be made of the section {spelling!r}"
            problems.append(problem("wrong-value", message, path=path, hint="give it a name with letters or digits"))
        return slug

    def terms(self) -> dict[str, Term]:
        known = {
            one.slug: Term(one.slug, one.name, self._shelf.articles(one.slug), one.description)
            for one in self._settings.values()
        }
        return known | {
            term.slug: term for term in sorted(self._shelf.terms(), key=_by_label) if term.slug not in known
        }


class _Tags:
    """The tags of articles."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._shelf = _Shelf()
        self._known: dict[str, tuple[str, str]] = {}  # as written → slug, and as written on one line

    def add(self, path: str, tags: Iterable[str], problems: list[Diagnostic]) -> tuple[str, ...]:
        """Put an article under its tags and return their slugs, each once."""
        slugs: dict[str, str] = {}
        for written in tags:
            if written not in self._known:
                self._known[written] = slugify(_one_line(written), self._language), _one_line(written)
            slug, tag = self._known[written]
            if slug:
                slugs.setdefault(slug, tag)
            else:
                message = f"no address can be made of the tag {tag!r}"
                hint = "write it with letters or digits, or take it out"
                problems.append(problem("wrong-value", message, path=path, hint=hint))
        self._shelf.add(slugs, path)
        return tuple(slugs)

    def terms(self) -> dict[str, Term]:
        """Return all tags by label."""
        return {term.slug: term for term in sorted(self._shelf.terms(), key=_by_label)}


class _Bylines:
    """Who wrote what: authors with a file of their own, and those whom only articles name."""

    def __init__(self, texts: Iterable[Text], language: str) -> None:
        self._texts = [text for text in texts if isinstance(text.document.matter, AuthorMatter)]
        self._language = language
        self._by_slug: dict[str, Text] = {}
        self._by_name: dict[str, list[Text]] = {}
        for text in self._texts:
            self._by_slug[text.slug] = text
            self._by_name.setdefault(fold(text.title), []).append(text)
        for text in self._texts:
            self._by_slug.setdefault(file_name(text.path), text)
        self._shelf = _Shelf()
        self._known: dict[str, tuple[str, list[Diagnostic]]] = {}

    def add(self, path: str, names: Iterable[str], problems: list[Diagnostic]) -> tuple[str, ...]:
        """Credit an article to its authors and return their slugs, each once."""
        slugs: dict[str, str] = {}
        for name in map(_one_line, names):
            if name not in self._known:
                self._known[name] = self._find(name)
            slug, wrong = self._known[name]
            if wrong:
                problems += (one.at(path) for one in wrong)
            if slug:
                slugs.setdefault(slug, name)
        self._shelf.add(slugs, path)
        return tuple(slugs)

    def known(self, names: Iterable[str]) -> dict[str, str]:
        """Return the slugs of those who are meant, each once and with the name; nothing is credited to them."""
        slugs: dict[str, str] = {}
        for name in map(_one_line, names):
            slugs.setdefault(self._find(name)[0], name)
        return slugs

    def authors(self) -> dict[str, Author]:
        """Return all authors by name."""
        found = {term.slug: Author(term.slug, term.label, term.articles) for term in self._shelf.terms()}
        for text in self._texts:
            matter = text.document.matter
            assert isinstance(matter, AuthorMatter)
            articles = self._shelf.articles(text.slug)
            found[text.slug] = Author(text.slug, text.title, articles, text.path, text.document, matter)
        return dict(sorted(found.items(), key=lambda item: (fold(item[1].name), item[0])))

    def _find(self, name: str) -> tuple[str, list[Diagnostic]]:
        """Return the slug of the author meant: by slug or file, by name, else of one without a file."""
        by_file = self._by_slug.get(name)
        namesakes = [by_file] if by_file else self._by_name.get(fold(name), [])
        if len(namesakes) > 1:
            files = ", ".join(text.path for text in namesakes[:_LISTED])
            hint = "name the author by the name of the file"
            return namesakes[0].slug, [problem("reference-ambiguous", f"author {name!r} fits {files}", hint=hint)]
        slug = slugify(name, self._language)
        known = namesakes[0] if namesakes else self._by_slug.get(slug)
        if known:
            return known.slug, []
        if not slug:
            hint = "write a name with letters"
            return "", [problem("wrong-value", f"no address can be made of the author {name!r}", hint=hint)]
        if slug != name or "-" not in name:
            return slug, []
        message = f"author {name!r} looks like the name of a file, and there is none in content/authors/"
        hint = "correct it, or write the author's full name"
        return slug, [problem("reference-unknown", message, hint=hint, severity=Severity.WARNING)]


def _standing(text: Text) -> Standing | None:
    matter = text.document.matter
    return Standing(text.path, text.document, matter, text.slug, text.held) if isinstance(matter, PageMatter) else None


def _section_name(path: str, matter: FrontMatter) -> str:
    """Return an article's section as it is spelled there, or by its folder; empty if it has none."""
    return _one_line(matter.section) or _folder_label(_folder(path))


def _folder(path: str) -> str:
    """Return the folders of an article below those of all; that of an ``index.md`` is its own, and does not count."""
    folder, _, name = path.removeprefix(ARTICLES).rpartition("/")
    return folder.rpartition("/")[0] if name.rpartition(".")[0] == "index" else folder


@lru_cache(maxsize=65536)
def _folder_label(folder: str) -> str:
    """Return the first folder below that of all articles that is no year, as a label."""
    name = next((one for one in folder.split("/") if not one.isdigit()), "").replace("-", " ")
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=65536)
def _one_line(text: str) -> str:
    """Return a name as it is compared with others: whatever stands between its words, they are the same."""
    return " ".join(text.split())


def _by_label(term: Term) -> tuple[str, str]:
    return fold(term.label), term.slug
