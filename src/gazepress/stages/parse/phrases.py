"""Which set phrases does the text use? Those that name a source, and those that point to earlier coverage."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from gazepress.documents import Phrase, RefKind
from gazepress.phrases import Phrases
from gazepress.stages.parse.ledger import Ledger
from gazepress.stages.parse.plain import heard
from gazepress.stages.parse.ready import Ready, unready
from gazepress.stages.parse.sentences import sentences, source_name

_SOURCE = "{source}"
_QUOTES = "'\"`´‘’‚‛“”„‟«»‹›ʼ"
_DASHES = "-‐‑‒–—―−"
_PIECES = re.compile(rf"\s+|[{re.escape(_QUOTES)}]|[{re.escape(_DASHES)}]")


class Paragraph(Struct, frozen=True):
    """A paragraph with its plain text; a main one stands in no list, quote or footnote."""

    inline: Token
    text: str
    is_main: bool


class Found(Struct, frozen=True):
    """The phrases of a text, and the paragraphs (by number) that only say where the report comes from."""

    attributions: tuple[Phrase, ...] = ()
    earlier: tuple[Phrase, ...] = ()
    bare: frozenset[int] = frozenset()


class _Pattern(Struct, frozen=True):
    """A phrase as it is looked for: ``anchor`` is in the folded text of every paragraph that can hold it."""

    anchor: str
    expression: re.Pattern[str]


class _Patterns(Struct, frozen=True):
    """Phrases, longest first, and what all their anchors hold: most often the publication's name."""

    shared: str
    each: tuple[_Pattern, ...]


def find_phrases(paragraphs: Sequence[Paragraph | Ready], folded: str, phrases: Phrases, ledger: Ledger) -> Found:
    """Return what the phrases say. A link in a sentence about earlier coverage becomes a reference of that kind.

    ``folded`` is the text with all its paragraphs on one line, its case folded: most texts hold no phrase, which one
    look at it tells.
    """
    attributions: list[Phrase] = []
    earlier: list[Phrase] = []
    bare: set[int] = set()
    of_sources = _found_in(folded, _source_patterns(phrases.attribution))
    of_earlier = _found_in(folded, _patterns(phrases.earlier))
    for number, block in enumerate(paragraphs if of_sources or of_earlier else ()):
        here = " ".join(block.text.casefold().split())
        naming = [one.expression for one in of_sources if one.anchor in here]
        pointing = [one.expression for one in of_earlier if one.anchor in here]
        if not (naming or pointing):
            continue
        paragraph = block if isinstance(block, Paragraph) else Paragraph(unready(block)[1], block.text, block.is_main)
        if naming:
            named = list(_attributions(paragraph, naming, ledger))
            attributions += named
            if named and len(list(sentences(paragraph.text))) == 1:
                bare.add(number)
        if pointing:
            earlier += _earlier(paragraph, pointing, ledger)
    return Found(tuple(attributions), tuple(earlier), frozenset(bare))


def _found_in(whole: str, patterns: _Patterns) -> list[_Pattern]:
    return [one for one in patterns.each if one.anchor in whole] if patterns.shared in whole else []


def _attributions(paragraph: Paragraph, expressions: list[re.Pattern[str]], ledger: Ledger) -> Iterator[Phrase]:
    for sentence, _, match in _matches(paragraph.text, expressions):
        rest = sentence[match.start("source") :] if match.end() == match.end("source") else match["source"]
        name = source_name(rest)
        if name:
            yield Phrase(name, *_place(paragraph, match, ledger))


def _earlier(paragraph: Paragraph, expressions: list[re.Pattern[str]], ledger: Ledger) -> Iterator[Phrase]:
    """Yield the sentences that hold no link, and mark the link of the others."""
    links = [one for one in _links(paragraph.inline) if not ledger.refs[one[2]].target.startswith("#")]
    for sentence, start, match in _matches(paragraph.text, expressions):
        inside = [one for one in links if start <= one[0] < start + len(sentence)]
        behind = [ref for _, end, ref in inside if end > start + match.start()]
        before = [ref for _, end, ref in inside if end <= start + match.start()]
        if behind or before:
            ref = behind[0] if behind else before[-1]
            ledger.refs[ref] = replace(ledger.refs[ref], kind=RefKind.EARLIER)
        else:
            yield Phrase(" ".join(sentence.split()), *_place(paragraph, match, ledger))


def _matches(text: str, expressions: list[re.Pattern[str]]) -> Iterator[tuple[str, int, re.Match[str]]]:
    """Yield the sentences that hold a phrase, where each begins, and its first phrase."""
    for start, end in sentences(text):
        sentence = text[start:end]
        found = next(filter(None, (expression.search(sentence) for expression in expressions)), None)
        if found:
            yield sentence, start, found


def _links(inline: Token) -> Iterator[tuple[int, int, int]]:
    """Yield where the references of a paragraph begin and end in its plain text, and their numbers."""
    at = start = 0
    for token in inline.children or ():
        if token.type == "ref_open":
            start = at
        elif token.type == "ref_close":
            yield start, at, token.meta["ref"]
        at += len(heard(token))


def _place(paragraph: Paragraph, match: re.Match[str], ledger: Ledger) -> tuple[int, int]:
    """Return where the phrase stands in the source; where the paragraph begins if markup is in between."""
    start: int = paragraph.inline.meta.get("start", 0)
    found = match.re.search(paragraph.inline.content, start)
    return ledger.place(paragraph.inline, found.start() if found else start)


@lru_cache(maxsize=64)
def _patterns(phrases: tuple[str, ...]) -> _Patterns:
    longest_first = sorted(filter(str.strip, phrases), key=lambda phrase: (-len(phrase), phrase))
    each = tuple(_Pattern(_anchor(phrase), _expression(phrase)) for phrase in longest_first)
    return _Patterns(_shared([one.anchor for one in each]), each)


@lru_cache(maxsize=64)
def _source_patterns(phrases: tuple[str, ...]) -> _Patterns:
    return _patterns(tuple(phrase for phrase in phrases if phrase.count(_SOURCE) == 1))


def _shared(anchors: list[str]) -> str:
    """Return the longest run of words of one anchor that all of them hold."""
    words = min(anchors, key=len, default="").split()
    runs = (" ".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2))
    return max((run for run in runs if all(run in anchor for anchor in anchors)), key=len, default="")


def _anchor(phrase: str) -> str:
    """Return the longest stretch of a phrase in which nothing can be written in two ways."""
    plain = (" ".join(part.split()) for side in phrase.split(_SOURCE) for part in _VARIABLE.split(side))
    return max((part.casefold() for part in plain), key=len)


def _expression(phrase: str) -> re.Pattern[str]:
    """Return an expression for a phrase with any spaces, quotes and dashes, in any case."""
    before, source, after = phrase.strip().partition(_SOURCE)
    captured = rf"(?P<source>.+{'?' if after else ''})" if source else ""
    body = _tolerant(before) + captured + _tolerant(after)
    return re.compile(rf"(?<!\w){body}(?!\w)" if not source else rf"(?<!\w){body}", re.IGNORECASE | re.DOTALL)


def _tolerant(text: str) -> str:
    expression = ""
    at = 0
    for piece in _PIECES.finditer(text):
        expression += re.escape(text[at : piece.start()])
        at = piece.end()
        expression += r"\s+" if piece[0].isspace() else f"[{re.escape(_QUOTES if piece[0] in _QUOTES else _DASHES)}]"
    return expression + re.escape(text[at:])


_VARIABLE = re.compile(rf"[{re.escape(_QUOTES + _DASHES)}]")
