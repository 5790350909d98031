"""What parse makes of a text: what it says to others, and what only its own page shows."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from gazepress.embeds import EmbedKind
from gazepress.located import Located
from gazepress.matter import FrontMatter, Layout, Matter
from gazepress.phrases import Phrases


class ParseOptions(Struct, frozen=True):
    """All that reading a text depends on besides the text: a narrow part of the settings, which few edits touch."""

    timezone: str
    language: str
    phrases: Mapping[str, Phrases]  # by language, the publication's name filled in; holds the site's language


class RefKind(StrEnum):
    """How a text refers to something of the same site."""

    LINK = "link"  # [words](other.md), [words](/path/), [words](#place), [words](paper.pdf)
    WIKI = "wiki"  # [[Title]], [[Title|words]]
    READ_MORE = "read-more"
    EARLIER = "earlier"  # a link inside "As … reported earlier"
    PICTURE = "picture"  # ![…](picture.svg), or the lead picture
    RELATED = "related"
    FOLLOWS = "follows"
    TRANSLATES = "translates"
    LAYOUT = "layout"  # the lead of content/_front.yaml, or an article in one of its slots


IN_FRONT_MATTER = (RefKind.RELATED, RefKind.FOLLOWS, RefKind.TRANSLATES)
"""References in the front matter of articles, in the order in which they are read; each is named after its key."""

IN_YAML = frozenset((*IN_FRONT_MATTER, RefKind.LAYOUT))
"""References that are values of YAML, of which nothing else is left when they go."""

TO_ARTICLES = frozenset((*IN_YAML, RefKind.READ_MORE, RefKind.EARLIER))
"""References that can mean nothing but an article."""


def references_in(matter: FrontMatter) -> Iterator[tuple[RefKind, tuple[str | int, ...], Located]]:
    """Yield the references in the front matter of an article: the kind, the keys that lead there, what is written."""
    for kind in IN_FRONT_MATTER:
        given: Located | tuple[Located, ...] | None = getattr(matter, kind)
        if isinstance(given, Located):
            yield kind, (kind.value,), given
        else:
            yield from ((kind, (kind.value, at), one) for at, one in enumerate(given or ()))


class Ref(Struct, frozen=True, array_like=True):
    """A reference as it was written: ``target`` is a path, slug, title or site path, with its ``#fragment`` if any."""

    kind: RefKind
    target: str
    line: int
    column: int


class Role(StrEnum):
    """What plan puts into a hole of a body."""

    OPEN = "open"  # <a href="…">, or nothing when the reference leads nowhere
    CLOSE = "close"  # </a>, or nothing
    TITLE = "title"  # the title of what is referred to; as written when it leads nowhere
    ADDRESS = "address"  # the address of a picture, between `<img src="` and `"`


class Hole(Struct, frozen=True, tag="hole", array_like=True):
    """A place in a body that depends on another file: ``ref`` counts in the document's ``refs``."""

    ref: int
    role: Role


class ReadMore(Struct, frozen=True, tag="read-more", array_like=True):
    """A read-more block: its label as written, and the references below it."""

    label: str
    refs: tuple[int, ...]


class Embed(Struct, frozen=True, tag="embed", array_like=True):
    """A link alone in its paragraph that a card stands for. It has a full address, or a reference if it is ours."""

    kind: EmbedKind
    title: str  # the words of the link; empty where the author gave none
    address: str = ""
    ref: int = -1


class Heading(Struct, frozen=True, array_like=True):
    """A heading of a text, its id unique in the document."""

    level: int
    text: str
    id: str


class Body(Struct, frozen=True, array_like=True):
    """What only a text's own page shows. Its parts are HTML with holes, to be filled once all files are known."""

    parts: tuple[str | Hole | ReadMore | Embed, ...]
    headings: tuple[Heading, ...] = ()
    words: int = 0


class Phrase(Struct, frozen=True, array_like=True):
    """A set phrase met in a text: the source that it names, or the sentence that points to earlier coverage."""

    text: str
    line: int
    column: int


class Document(Struct, frozen=True, array_like=True):
    """All of a text that others may be interested in; so an edit of the body alone leaves it as it was."""

    matter: Matter | Layout
    refs: tuple[Ref, ...] = ()
    fragments: tuple[str, ...] = ()  # every id that a link may lead to: headings, footnotes, the author's own
    summary: str = ""  # plain text
    attributions: tuple[Phrase, ...] = ()
    earlier: tuple[Phrase, ...] = ()  # earlier-coverage sentences that hold no link


class Parsed(Struct, frozen=True, array_like=True):
    """A parsed text. It knows no path, no clock and no other file: equal bytes and options give equal records."""

    document: Document
    body: Body
    said: str = ""  # digest of its words as a reader hears them: neither markup nor addresses count
