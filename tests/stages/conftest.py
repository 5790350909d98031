"""A small publication, built record by record, so that a test shows all that its plan rests on."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from gazepress.documents import Body, Document, Heading, Hole, Parsed, Ref, Role
from gazepress.matter import AuthorMatter, FrontMatter, PageMatter
from gazepress.model import Article, Author, Graph, Standing, Storyline, Term
from gazepress.outlines import CopyOutline, FormOutline
from gazepress.settings import Settings
from gazepress.sources import SourceFile, SourceKind
from gazepress.stages.compose import make_compose
from gazepress.stages.plan import make_plan

NOON = datetime(2025, 10, 9, 12, 0, tzinfo=UTC)


class Publication:
    """Takes texts and files, and hands out the graph of them and their plan. Later articles are newer."""

    def __init__(self, **settings):
        self.settings = Settings(
            **({"title": "The Gaze", "url": "https://x.example/", "publication": "The Gaze"} | settings)
        )
        self.articles, self.pages, self.authors = {}, {}, {}
        self.targets, self.files, self.facts, self.bodies, self.sheets = {}, [], {}, {}, {}
        self.storylines, self.backlinks, self.neighbors, self.related, self.news, self.marked = {}, {}, {}, {}, {}, {}
        self.translations, self.recorded, self.held = {}, (), ()

    def article(  # noqa: PLR0913 - a test names only what it is about
        self, name, *parts, links=(), section="", tags=(), authors=(), held=None, headings=(), **matter
    ):
        """Add an article; ``parts`` are its body, ``links`` its references as (kind, written, target)."""
        file = f"content/articles/{name}.md"
        date = NOON + timedelta(days=len(self.articles))
        slug = matter.pop("slug", name.rpartition("/")[2])
        front = FrontMatter(**({"title": name.capitalize(), "date": date} | matter))
        document = self._document(file, front, parts, links, headings)
        self.articles[file] = Article(file, document, front, slug, section, tuple(tags), tuple(authors), held)
        return file

    def page(self, name, *parts, links=(), held=None, headings=(), **matter):
        """Add a standing page."""
        file = f"content/pages/{name}.md"
        front = PageMatter(**({"title": name.capitalize()} | matter))
        self.pages[file] = Standing(file, self._document(file, front, parts, links, headings), front, name, held)
        return file

    def author(self, slug, *parts, links=(), **matter):
        """Add an author with a file."""
        file = f"content/authors/{slug}.md"
        front = AuthorMatter(**({"name": slug.capitalize()} | matter))
        document = self._document(file, front, parts, links, ())
        self.authors[slug] = Author(slug, front.name, (), file, document, front)
        return file

    def file(self, path, size=10, facts=None, text=""):
        """Add a static file, a file of the theme, or a picture beside a text, of which ``facts`` are known."""
        if facts:
            self.facts[path] = facts
        if path.endswith(".css"):
            self.sheets[path] = text
        kind = SourceKind.MEDIA if path.startswith("content/") else SourceKind.STATIC
        self.files.append(SourceFile(path, kind, f"digest of {path}", size))
        return path

    def storyline(self, slug, *articles):
        """Make a storyline of articles, oldest first."""
        self.storylines[slug] = Storyline(slug, self.articles[articles[0]].matter.title, articles)

    def graph(self):
        """Return the graph of all that was added."""
        newest = dict(sorted(self.articles.items(), key=lambda item: item[1].matter.date, reverse=True))
        known = {one.slug: one.name for one in self.settings.sections}
        tags, authors, sections = defaultdict(list), defaultdict(list), {slug: [] for slug in known}
        for file, article in newest.items():
            for slug in article.tags:
                tags[slug].append(file)
            for slug in article.authors:
                authors[slug].append(file)
            if article.section:
                sections.setdefault(article.section, []).append(file)
        plain = {slug: Author(slug, slug.capitalize(), tuple(files)) for slug, files in authors.items()}
        known_authors = {slug: replace(one, articles=tuple(authors[slug])) for slug, one in self.authors.items()}
        return Graph(
            as_of=NOON,
            articles=newest,
            listed=tuple(file for file, article in newest.items() if not article.matter.retracted),
            pages=self.pages,
            sections={
                slug: Term(slug, known.get(slug, slug.capitalize()), tuple(all_)) for slug, all_ in sections.items()
            },
            tags={slug: Term(slug, slug.capitalize(), tuple(tags[slug])) for slug in sorted(tags)},
            authors=plain | known_authors,
            storylines=self.storylines,
            storyline_of={one: story.slug for story in self.storylines.values() for one in story.articles},
            targets=self.targets,
            backlinks=self.backlinks,
            neighbors=self.neighbors,
            related=self.related,
            translations=self.translations,
            news=self.news,
            marked=self.marked,
            held=self.held,
        )

    def plan(self):
        """Return the outputs by address, ready for rendering; copies are outlines. There must be no problem."""
        plan = self.checked_plan()
        assert plan.diagnostics == ()
        return self.composed(plan.value)

    def composed(self, plan):
        """Return the outputs of a plan by address."""
        graph = self.graph()
        texts = {**graph.articles, **graph.pages, **{one.id: one for one in graph.authors.values() if one.id}}
        compose = make_compose(plan, lambda file: Parsed(texts[file].document, self.bodies[file]))
        return {
            one.url: one.outline if isinstance(one.outline, CopyOutline | FormOutline) else compose(one)
            for one in plan.outputs
        }

    def problems(self):
        """Return the problems of the plan."""
        return self.checked_plan().diagnostics

    def checked_plan(self):
        """Return the plan with its problems."""
        return make_plan(self.graph(), self.settings, self.files, self.facts, self.sheets, self.recorded)

    def _document(self, file, matter, parts, links, headings):
        refs = [Ref(kind, written, line, 3) for line, (kind, written, _) in enumerate(links, 10)]
        self.targets[file] = tuple(target for _, _, target in links)
        ids = tuple(Heading(2, one.capitalize(), one) for one in headings)
        self.bodies[file] = Body(parts, ids, 460)
        return Document(matter, tuple(refs), tuple(headings), "A summary.")


@pytest.fixture(scope="session")
def publication():
    """Return the class of publications."""
    return Publication


@pytest.fixture(scope="session")
def link():
    """Return the parts of a link whose words are given, by the number of its reference."""

    def parts(number, words="words"):
        return Hole(number, Role.OPEN), words, Hole(number, Role.CLOSE)

    return parts
