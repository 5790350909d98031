from collections.abc import Callable

import pytest

from gazepress.diagnostics import Checked
from gazepress.documents import Embed, Parsed, ParseOptions, ReadMore
from gazepress.settings import Settings
from gazepress.sources import SourceKind
from gazepress.stages.parse import parse

_SETTINGS = Settings(title="The Lookout", url="https://lookout.example/", publication="The Lookout")

OPTIONS = ParseOptions(
    timezone="Europe/Kyiv",
    language="en",
    phrases={language: _SETTINGS.phrases_for(language) for language in ("en", "uk")},
)


class Read:
    """A text read as an article, and its parts in the words of the tests.

    Its first line is line 5 of the file, below four lines of front matter.
    """

    def __init__(self, checked: Checked[Parsed | None]):
        self.document = checked.value and checked.value.document
        self.body = checked.value and checked.value.body
        self.problems = [f"{one.line}:{one.column}: {one.code}: {one.message}" for one in checked.diagnostics]
        self.codes = [one.code for one in checked.diagnostics]
        self.hints = [one.hint for one in checked.diagnostics]

    @property
    def html(self) -> str:
        """The body: holes as ``{open 0}``, read-more blocks as ``{Read more: 1 2}``, cards as ``{pdf 'Words' 3}``."""
        return "".join(_shown(part) for part in self.body.parts)

    @property
    def refs(self) -> list[tuple[str, str]]:
        return [(one.kind.value, one.target) for one in self.document.refs]

    @property
    def places(self) -> list[tuple[int, int]]:
        return [(one.line, one.column) for one in self.document.refs]


def _shown(part) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, ReadMore):
        return "{" + part.label + ": " + " ".join(map(str, part.refs)) + "}"
    if isinstance(part, Embed):
        return f"{{{part.kind.value} {part.title!r} {part.address or part.ref}}}"
    return f"{{{part.role.value} {part.ref}}}"


@pytest.fixture(scope="session")
def options() -> ParseOptions:
    return OPTIONS


@pytest.fixture(scope="session")
def read() -> Callable[..., Read]:
    def read_article(text: str, *more: str) -> Read:
        matter = "\n".join(("---", "title: A title", "date: 2026-03-09", *more, "---", ""))
        return Read(parse(SourceKind.ARTICLE, (matter + text).encode(), OPTIONS))

    return read_article


@pytest.fixture(scope="session")
def read_file() -> Callable[..., Read]:
    def read_bytes(data: bytes | str, kind: SourceKind = SourceKind.ARTICLE) -> Read:
        return Read(parse(kind, data if isinstance(data, bytes) else data.encode(), OPTIONS))

    return read_bytes
