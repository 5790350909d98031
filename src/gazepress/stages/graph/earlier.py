"""Which earlier report a sentence such as “As … reported earlier” may mean when it has no link."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import chain
from math import log

from gazepress.diagnostics import Diagnostic, problem
from gazepress.documents import Phrase, RefKind
from gazepress.matter import FrontMatter
from gazepress.settings import Settings
from gazepress.stages.graph.texts import Text

_WORD = re.compile(r"\w{3,}")
_STEM = 6  # letters; what follows them is mostly an ending, in English as in Ukrainian
_WITHIN = 60  # reports before the sentence's own that hold a word: a common word must not lead to the whole archive
_PROPOSED = 3


def unlinked_earlier(texts: Sequence[Text], settings: Settings) -> list[Diagnostic]:
    """Return a note for each earlier-coverage sentence that has no link, with the likeliest older public reports.

    An article that names what it follows in its front matter has said enough.
    """
    vague = [text for text in texts if text.is_article and text.document.earlier and not _follows(text)]
    if not vague:
        return []
    known = _Archive([text for text in texts if text.is_article and text.held is None], _stems(settings.publication))
    return [_note(text, phrase, known.likeliest(text, phrase)) for text in vague for phrase in text.document.earlier]


class _Archive:
    """The public reports by the words of their titles, summaries and tags."""

    def __init__(self, texts: Sequence[Text], ignored: set[str]) -> None:
        self._texts = sorted(texts, key=lambda text: (text.moment, text.path))
        self._moments = [text.moment for text in self._texts]
        self._ignored = ignored
        self._places: dict[str, list[int]] = {}
        for at, text in enumerate(self._texts):
            for stem in _report_stems(text):
                self._places.setdefault(stem, []).append(at)

    def likeliest(self, text: Text, phrase: Phrase) -> list[Text]:
        """Return up to three reports older than ``text`` that share the rarest words with the sentence."""
        older = bisect_left(self._moments, text.moment)
        scores: dict[int, float] = {}
        for stem in sorted(_stems(phrase.text) - self._ignored):
            places = self._places.get(stem, [])
            end = bisect_left(places, older)
            rarity = log(1 + len(self._texts) / len(places)) if places else 0.0
            for at in places[max(0, end - _WITHIN) : end]:
                scores[at] = scores.get(at, 0.0) + rarity
        best = nsmallest(_PROPOSED, scores, key=lambda at: (-scores[at], -at))
        return [self._texts[at] for at in best]


def _follows(text: Text) -> bool:
    return any(ref.kind is RefKind.FOLLOWS for ref in text.document.refs)


def _report_stems(text: Text) -> set[str]:
    matter = text.document.matter
    assert isinstance(matter, FrontMatter)
    parts: Iterator[str] = chain((text.title, matter.summary or text.document.summary), matter.tags)
    return _stems(" ".join(parts))


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(unicodedata.normalize("NFC", words).casefold())}


def _note(text: Text, phrase: Phrase, likeliest: Sequence[Text]) -> Diagnostic:
    names = "; ".join(f"{one.name} ({one.path})" for one in likeliest)
    return problem(
        "earlier-unlinked",
        "this sentence points to earlier coverage and has no link to it",
        path=text.path,
        line=phrase.line,
        column=phrase.column,
        hint=f"the likeliest: {names}" if names else "link the report inside the sentence, or set `follows:`",
    )
