"""Links to other sites without encryption."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.matter import AuthorMatter, FrontMatter

_HINT = "write https:// if the site answers there; most do"


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    sources = matter.sources if isinstance(matter, FrontMatter) else ()
    links = matter.links if isinstance(matter, AuthorMatter) else ()
    for key, named in (("sources", sources), ("links", links)):
        for number, one in enumerate(named):
            if _is_insecure(one.url):
                yield Hit(_message(one.url), text.place_of(key, number, "url"), _HINT)
    for passage in text.passages:
        for link in passage.links:
            if _is_insecure(link.address):
                yield Hit(_message(link.address), link.place, _HINT)


def _is_insecure(address: str) -> bool:
    return address.lstrip()[:7].lower() == "http://"


def _message(address: str) -> str:
    return f"the link to {address.strip()[:80]} is not encrypted"


RULE = TextRule(
    "link-insecure",
    Severity.NOTE,
    "A link leads to another site by `http://`: whoever listens sees what readers read there, and can change it.",
    "Write `https://` if the site answers there.",
    _look,
)
