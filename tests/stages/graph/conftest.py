"""Documents as the parse stage would give them, written down in a line each."""

from datetime import UTC, datetime

import pytest

from gazepress.documents import Document, Phrase, Ref, RefKind
from gazepress.located import Located
from gazepress.matter import AuthorMatter, FrontMatter, PageMatter
from gazepress.settings import Settings
from gazepress.stages.graph import build_graph

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def _moment(written):
    moment = datetime.fromisoformat(written) if isinstance(written, str) else written
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ref(kind, target, line=7, column=3):
    return Ref(RefKind(kind), target, line, column)


def _article(title, date="2025-06-01", *refs, fragments=(), summary="", earlier=(), **matter):
    """Return an article; what its front matter refers to stands last among its references, as parse leaves it."""
    for key in ("embargo", "updated"):
        if key in matter:
            matter[key] = _moment(matter[key])
    behind = []
    for key in ("related", "follows"):
        places = [Located(target, 4, 5) for target in matter.get(key, ())]
        matter[key] = tuple(places)
        behind += [_ref(key, place.text, place.line, place.column) for place in places]
    if "translates" in matter:
        behind.append(_ref("translates", matter["translates"], 4, 13))
        matter["translates"] = Located(matter["translates"], 4, 13)
    return Document(
        FrontMatter(title=title, date=_moment(date), **matter),
        (*refs, *behind),
        fragments=tuple(fragments),
        summary=summary,
        earlier=tuple(Phrase(sentence, 9, 1) for sentence in earlier),
    )


def _page(title, *refs, fragments=(), **matter):
    return Document(PageMatter(title=title, **matter), refs, fragments=tuple(fragments))


def _author(name, *refs, **matter):
    return Document(AuthorMatter(name=name, **matter), refs)


def _build(documents, *, as_of=NOW, files=(), show_held=False, known_related=None, choose=map, **settings):
    """Build the graph of documents; a path that does not start with ``content/`` is one below the articles."""
    whole = {
        path if path.startswith("content/") else f"content/articles/{path}": one for path, one in documents.items()
    }
    site = {"title": "The Gaze", "url": "https://gaze.example/", "publication": "The Gaze"} | settings
    return build_graph(
        whole,
        Settings(**site),
        as_of,
        files=files,
        show_held=show_held,
        known_related=known_related or {},
        choose=choose,
    )


@pytest.fixture(scope="session")
def article():
    return _article


@pytest.fixture(scope="session")
def page():
    return _page


@pytest.fixture(scope="session")
def author():
    return _author


@pytest.fixture(scope="session")
def ref():
    return _ref


@pytest.fixture(scope="session")
def build():
    return _build


@pytest.fixture(scope="session")
def graph():
    """Return a function that builds the graph of documents in which nothing is wrong."""

    def build_clean(documents, **options):
        checked = _build(documents, **options)
        assert checked.diagnostics == ()
        return checked.value

    return build_clean
