"""Tags that are spelled otherwise than in most reports."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.desk.check.sources import source_of
from gazepress.desk.check.text import place_in_front
from gazepress.desk.edits import Edit
from gazepress.desk.yaml_edits import YamlEditError, remove_key, set_key
from gazepress.diagnostics import Severity
from gazepress.urls import slugify

_Uses = defaultdict[str, list[tuple[str, int]]]  # spelling → files, and which of their tags it is


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    language = newsroom.settings.language.partition("-")[0]
    tags: defaultdict[str, _Uses] = defaultdict(lambda: defaultdict(list))
    for path, article in newsroom.graph.articles.items():
        for number, tag in enumerate(article.matter.tags):
            spelling = " ".join(tag.split())
            tags[slugify(spelling, language)][spelling].append((path, number))
    for uses in tags.values():
        if len(uses) > 1:
            yield from _unusual(newsroom, uses)


def _unusual(newsroom: Newsroom, uses: _Uses) -> Iterator[Hit]:
    ranks = Counter({spelling: len(places) for spelling, places in uses.items()}).most_common()
    (usual, most), (_, second), *_ = ranks
    is_clear = most > second
    having = {path for path, _ in uses[usual]}
    for spelling, count in ranks[1:] if is_clear else ranks:
        for path, number in uses[spelling]:
            text = source_of(newsroom, path)
            if is_clear:
                message = f"this tag is spelled {usual!r} in {most} reports, {spelling!r} in {count}"
                hint = f"take it out, {usual!r} is there too" if path in having else f"write {usual!r}"
                mend = _mend(text, path, number, "" if path in having else usual)
            else:
                message = f"this tag is spelled in several ways: {', '.join(map(repr, sorted(uses)))}"
                hint, mend = "choose one spelling for all reports", ()
            yield Hit(message, place_in_front(text, "tags", number), hint, mend, path)


def _mend(text: str, path: str, number: int, usual: str) -> tuple[Edit, ...]:
    """Return the edit that writes a tag as usual, or takes it out if there is nothing to write."""
    place = ("tags", number)
    try:
        return ((set_key(text, place, usual) if usual else remove_key(text, place)).at(path),)
    except YamlEditError:
        return ()


RULE = ArchiveRule(
    "tag-spelling",
    Severity.NOTE,
    "A tag is spelled otherwise than in most reports; readers see one page and two names for it.",
    "Write it as most reports do; `--fix` does that.",
    _look,
)
