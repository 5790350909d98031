"""What do the rules say? Each is asked about every text, or once about the archive; but nothing twice."""

from collections.abc import Iterator

from msgspec.structs import replace

from gazepress.build.newsroom import Newsroom
from gazepress.build.store import Store
from gazepress.desk.check.finding import Finding
from gazepress.desk.check.rule import ArchiveRule, TextRule
from gazepress.desk.check.rules import RULES
from gazepress.desk.check.text import read
from gazepress.digest import digest_bytes
from gazepress.documents import Document, ParseOptions
from gazepress.pool import ordered_map
from gazepress.sources import SourceFile, SourceKind

_KNOWN = "checked-texts"  # name of the record
_WITH_RULES = (SourceKind.ARTICLE, SourceKind.PAGE, SourceKind.AUTHOR)

_ON_TEXTS = tuple(rule for rule in RULES if isinstance(rule, TextRule))
_ON_ARCHIVES = tuple(rule for rule in RULES if isinstance(rule, ArchiveRule))


def look_at_text(data: bytes, document: Document, options: ParseOptions) -> tuple[Finding, ...]:
    """Return what the rules on texts say of one that parse could read; the findings know no path."""
    text = read(data, document, options)
    return tuple(rule.finding(hit) for rule in _ON_TEXTS for hit in rule.look(text))


def look_at_texts(newsroom: Newsroom, store: Store, jobs: int) -> Iterator[Finding]:
    """Yield what the rules on texts say of all texts; those that were looked at before are known by their keys."""
    keys = newsroom.library.keys
    texts = [file for file in newsroom.files if file.kind in _WITH_RULES and file.path in keys]
    known = store.load(_KNOWN, dict[str, tuple[Finding, ...]]) or {}
    news = [file for file in texts if keys[file.path] not in known]
    documents = newsroom.library.documents() if news else {}

    def look(file: SourceFile) -> tuple[Finding, ...] | None:
        data = (newsroom.site / file.path).read_bytes()
        if digest_bytes(data) != file.digest:  # it was saved a moment ago, and is for the next check
            return None
        return look_at_text(data, documents[file.path], newsroom.library.options)

    for file, said in zip(news, ordered_map(look, news, jobs=jobs), strict=True):
        if said is not None:
            known[keys[file.path]] = said
    if news or len(known) != len(texts):
        used = {keys[file.path] for file in texts}
        store.save(_KNOWN, {key: said for key, said in known.items() if key in used})
    for file in texts:
        for finding in known.get(keys[file.path], ()):
            yield replace(finding, path=file.path, mend=tuple(edit.at(file.path) for edit in finding.mend))


def look_at_archive(newsroom: Newsroom) -> Iterator[Finding]:
    """Yield what the rules on the archive say."""
    for rule in _ON_ARCHIVES:
        yield from map(rule.finding, rule.look(newsroom))
