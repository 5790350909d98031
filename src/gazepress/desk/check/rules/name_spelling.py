"""Persons who are spelled in two ways in the archive."""

from collections import defaultdict
from collections.abc import Iterator

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.names import is_cyrillic, romanised, two_spellings
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.desk.check.sources import place_of
from gazepress.diagnostics import Severity

_Uses = defaultdict[str, list[tuple[str | int, ...]]]  # name → file and keys of each place where it stands


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    uses, staff = _uses(newsroom), {author.name for author in newsroom.graph.authors.values() if author.id}
    told: set[str] = set()
    ranked = sorted(uses, key=lambda name: (name not in staff, not is_cyrillic(name), -len(uses[name]), name))
    for usual, name in two_spellings(ranked):
        is_own_form = is_cyrillic(name) and not is_cyrillic(usual)  # authors may choose how they are romanised
        if name in told or is_own_form:
            continue
        told.add(name)
        message = f"{name!r} is probably {usual!r}, as in {uses[usual][0][0]}"
        for path, *keys in uses[name]:
            right = usual if is_cyrillic(name) else romanised(usual)
            hint = f"write {right!r} if this is the same person"
            yield Hit(message, place_of(newsroom, str(path), *keys), hint, path=str(path))


def _uses(newsroom: Newsroom) -> _Uses:
    uses: _Uses = defaultdict(list)
    graph = newsroom.graph
    for author in graph.authors.values():
        if author.id:
            uses[author.name].append((author.id, "name"))
    for path, article in graph.articles.items():
        for number, name in enumerate(article.matter.people):
            uses[" ".join(name.split())].append((path, "people", number))
        for number, name in enumerate(article.matter.authors):
            if " " in name.strip():  # one word is the name of an author's file
                uses[" ".join(name.split())].append((path, "authors", number))
    return uses


RULE = ArchiveRule(
    "name-spelling",
    Severity.NOTE,
    "Two names in `people:` and `authors:` are probably one person's, such as Boiev and Boyev.",
    "Choose one spelling for the whole archive: the author's own, else the official romanisation, else the usual one.",
    _look,
)
