"""Persons whom a text spells otherwise than its front matter does."""

import re
from collections.abc import Iterator

from gazepress.desk.check.names import is_one_person
from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Passage, Text
from gazepress.diagnostics import Severity
from gazepress.folding import fold
from gazepress.matter import FrontMatter

_WORD = re.compile(r"[^\W\d_](?:[\w-]|['’ʼ](?!s\b)(?=\w))*")


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    if not isinstance(matter, FrontMatter):
        return
    people = [name for name in (*matter.people, *matter.authors) if " " in name.strip()]
    known = {fold(name) for name in people}
    told: set[str] = set()
    for passage in text.passages if people else ():
        for name, place in _names(passage, {len(_WORD.findall(one)) for one in people}):
            folded = fold(name)
            right = next((one for one in people if folded not in known | told and is_one_person(one, name)), None)
            if right is not None:
                told.add(folded)
                hint = "use one spelling, if this is the same person"
                yield Hit(f"{name!r} is {right!r} in the front matter", passage.place(place), hint)


def _names(passage: Passage, lengths: set[int]) -> Iterator[tuple[str, int]]:
    """Yield each run of so many words that begin with a capital letter, and where it begins."""
    words = list(_WORD.finditer(passage.text))
    for at, first in enumerate(words):
        for length in lengths if first[0][0].isupper() else ():
            run = words[at : at + length]
            name = " ".join(word[0] for word in run)
            is_name = len(run) == length and all(word[0][0].isupper() for word in run)
            if is_name and passage.text.startswith(name, first.start()):
                yield name, first.start()


RULE = TextRule(
    "name-in-text",
    Severity.NOTE,
    "A text spells a person otherwise than its `people:` or `authors:`.",
    "Use one spelling. Inflected forms of Ukrainian names are left alone.",
    _look,
)
