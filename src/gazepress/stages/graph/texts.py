"""What the texts of the site folder are: each with its title, its slug, its moment, and whether it is held back."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.documents import Document
from gazepress.matter import AuthorMatter, FrontMatter, Layout, Matter, Status
from gazepress.published import Held
from gazepress.settings import Settings
from gazepress.sources import LAYOUT_FILE
from gazepress.stages.graph.hold import held_back
from gazepress.urls import slugify

ARTICLES = "content/articles/"

_CLEAN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ALLOWED = re.compile(r"[A-Za-z0-9_-]+")  # an old address may look like this, and must be able to stay
_SHOWN = 120
_NO_SLUG = "untitled"
_GONE = Status.GONE  # Python 3.11 runs a function for each look at a member of an enumeration


class Text(Struct, frozen=True):
    """A text of the site: an article, a standing page or an author's biography."""

    path: str
    document: Document
    title: str  # the name of an author
    slug: str
    moment: float  # an article's date in seconds since 1970, so that two zones compare rightly; 0 without a date
    held: Held | None

    @property
    def is_article(self) -> bool:
        """Tell whether it is an article."""
        return isinstance(self.document.matter, FrontMatter)

    @property
    def is_gone(self) -> bool:
        """Tell whether it is an article that was taken down."""
        return isinstance(self.document.matter, FrontMatter) and self.document.matter.status is _GONE

    @property
    def name(self) -> str:
        """Return the title as messages show it."""
        return f"“{shorten(self.title)}”"


def read_texts(documents: Mapping[str, Document], settings: Settings, as_of: datetime) -> Checked[tuple[Text, ...]]:
    """Return all texts in the order of their paths, and a problem for each that has no usable slug.

    A second author of one slug is left out: an author is known by the slug, so that the graph has room for one.
    """
    texts: list[Text] = []
    authors: dict[str, str] = {}
    problems: list[Diagnostic] = []
    now = as_of.timestamp()
    for path in sorted(documents):
        document = documents[path]
        matter = document.matter
        if isinstance(matter, Layout):
            continue
        slug, wrong = _slug(path, matter, settings.language)
        if wrong:
            problems += wrong
        if isinstance(matter, AuthorMatter) and authors.setdefault(slug, path) != path:
            message = f"{authors[slug]} and {path} are both the author {slug!r}"
            problems.append(problem("url-collision", message, path=path, hint="give one of the two another `slug:`"))
            continue
        title = matter.name if isinstance(matter, AuthorMatter) else matter.title
        moment = matter.date.timestamp() if isinstance(matter, FrontMatter) else 0.0
        texts.append(Text(path, document, title, slug, moment, held_back(path, matter, moment, now)))
    return Checked(tuple(texts), tuple(problems))


def read_layout(documents: Mapping[str, Document]) -> Text | None:
    """Return the layout of the front page as a text: references start from it, and none leads to it."""
    document = documents.get(LAYOUT_FILE)
    return Text(LAYOUT_FILE, document, "", "", 0.0, None) if document else None


def shorten(words: str) -> str:
    """Return an author's words for a message: on one line, not too long, and without what could steer a terminal."""
    if len(words) <= _SHOWN and words.isprintable() and "  " not in words and words == words.strip():
        return words  # as nearly all are
    words = " ".join(words[: 2 * _SHOWN].split())
    words = "".join(character for character in words if character.isprintable())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def file_name(path: str) -> str:
    """Return what a text's file is called: its stem, or its folder's name for ``folder/index.md``."""
    folder, _, name = path.rpartition("/")
    name = name.rpartition(".")[0] or name  # .md, .MD, .markdown
    if name != "index" or folder.count("/") <= 1:  # content/articles/index.md: "articles" is no name
        return name
    return folder.rpartition("/")[2]


def language_of(language: str) -> str:
    """Return the language that a BCP 47 tag starts with, as ``slugify`` wants it."""
    return language.partition("-")[0]


def _slug(path: str, matter: Matter, site_language: str) -> tuple[str, Sequence[Diagnostic]]:
    given = matter.slug
    name = file_name(path)
    if not given and _CLEAN.fullmatch(name):
        return name, ()
    language = language_of(site_language if isinstance(matter, AuthorMatter) else matter.lang or site_language)
    if given:
        if _ALLOWED.fullmatch(given):
            return given, ()
        proposed = slugify(given, language)
        hint = f"write `slug: {proposed}`" if proposed else "use a-z, 0-9 and hyphens"
        return proposed or _NO_SLUG, [problem("wrong-value", f"a slug cannot be {given!r}", path=path, hint=hint)]
    if slug := slugify(name, language):
        return slug, ()
    message = f"no address can be made of the file name {name!r}"
    return _NO_SLUG, [problem("wrong-value", message, path=path, hint="add `slug:` with a-z, 0-9 and hyphens")]
