"""Where does a sentence end, and how much of it is the name of a source? Good guesses, in one pass."""

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"[^\s(\"'“‘«]*$")
_WORD_BEFORE = 24  # longer than any abbreviation
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
# Written with a full stop that ends no sentence. Lower case, without the stop.
_ABBREVIATIONS = frozenset(
    (
        "adm brig capt cf cmdr co col corp dept dr e.g etc fr gen gov hon i.e inc jr lt ltd maj mr "
        "mrs ms mt prof rep rev sen sgt sr st vs approx ім вул грн див млн млрд напр обл р рр с ст т "
        "тис ін bzw ca z.b"
    ).split()
)
_CLAUSE = re.compile(r",\s+(?=\w)|;|:(?=\s)|\s[–—-]+\s|\s\(")
_AND = re.compile(r"\s+(?:and|as|et|und|y|e|i|та|і|й)\s+(?=\w)")
_QUOTES = tuple("\"'“”„‘’«»")
_STOPS = ".!?…,;: "
_DOTTED = re.compile(r"\b(?:\w\.)+\w$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends. A line break behind a full stop ends a sentence in any case."""
    start = 0
    for found in _END.finditer(text):
        end = found.end()
        if found[0][0] == "." and "\n" not in text[end : end + 2] and _goes_on(text, found.start(), end):
            continue
        if text[start:end].strip():
            yield start + _leading(text, start), end
        start = end
    if text[start:].strip():
        yield start + _leading(text, start), len(text.rstrip())


def _leading(text: str, start: int) -> int:
    rest = text[start : start + 200]
    return len(rest) - len(rest.lstrip())


def _goes_on(text: str, stop: int, end: int) -> bool:
    """Tell whether the full stop at ``stop`` belongs to an abbreviation, or a small letter follows."""
    following = text[end : end + 2].strip()
    if following[:1].islower():
        return True
    found = _LAST_WORD.search(text[max(0, stop - _WORD_BEFORE) : stop])
    word = found[0] if found else ""
    if not following:
        return False
    return (word.isupper() and bool(_INITIALS.fullmatch(word + "."))) or word.casefold() in _ABBREVIATIONS


def source_name(rest: str) -> str:
    """Return the name at the beginning of the rest of a sentence: “Ministry of Defense”, without what is said after it.

    A comma or an “and” ends the name if the sentence goes on with a small letter behind it: “the Ministry of Defense
    and its partners”. “Ministry of Trade and Industry” and “ministry of trade and industry” stay whole.
    """
    name = " ".join(rest.split())
    for found in _CLAUSE.finditer(name):
        if found[0][0] != "," or name[found.end()].islower():
            name = name[: found.start()]
            break
    for found in _AND.finditer(name):
        if name[found.end()].islower() and name[: found.start()].rpartition(" ")[2][:1].isupper():
            name = name[: found.start()]
            break
    name = name.strip().rstrip(_STOPS)
    if name[:1] in _QUOTES and name[-1:] in _QUOTES:
        name = name[1:-1].rstrip(_STOPS)
    name += "." if _DOTTED.search(name) else ""
    article, _, rest = name.partition(" ")
    return rest if article.casefold() == "the" and rest else name
