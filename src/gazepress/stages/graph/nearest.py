"""What the author of a reference that leads nowhere may have meant."""

from collections.abc import Iterable, Sequence

from gazepress.stages.graph.texts import Text, file_name

_COUNT = 3
_LOOKED_AT = 12  # names: a text is found by its title and by its slug
_LIKE_ENOUGH = 60  # of 100
_MUCH_LESS = 50  # of 200: what is so much less like than the first is not named beside it
_LONGEST_QUERY = 200
_MOST_QUERIES = 50  # each looks at every title: a site with thousands of broken links must not wait for all of them


class Nearest:
    """Did-you-mean over the titles and slugs of texts. The library that compares is imported for the first question."""

    def __init__(self, texts: Iterable[Text]) -> None:
        """Take the texts that may be named: what is held back must not be among them."""
        self._texts = tuple(texts)
        self._names: list[str] = []
        self._owners: list[Text] = []
        self._known: dict[tuple[str, bool], str] = {}
        self._place_questions = 0

    def hint(self, written: str, *, articles_only: bool = False) -> str:
        """Return a question that names up to three texts like ``written`` and their files; empty if there are none."""
        key = (written, articles_only)
        if key not in self._known:
            if len(self._known) >= _MOST_QUERIES:
                return ""
            self._known[key] = _question(self.like(written, articles_only=articles_only))
        return self._known[key]

    def place_hint(self, fragment: str, places: Sequence[str]) -> str:
        """Return a question that names up to three of the ``places`` of a text, or say that none is like it."""
        from rapidfuzz import fuzz, process

        self._place_questions += 1
        if not places:
            return "the text has no headings or other places to lead to"
        if self._place_questions > _MOST_QUERIES:
            return ""
        found = process.extract(
            fragment[:_LONGEST_QUERY], places, scorer=fuzz.ratio, limit=_COUNT, score_cutoff=_LIKE_ENOUGH / 2
        )
        near = " or ".join(f"#{one}" for one, _, _ in found)
        return f"did you mean {near}?" if near else "the text has no such heading"

    def like(self, written: str, *, articles_only: bool = False) -> Sequence[Text]:
        """Return up to three texts of which a name shares words with ``written``, the most like it as a whole first."""
        from rapidfuzz import fuzz, process

        if not self._names:
            self._gather()
        name = written.rpartition("#")[0] or written
        if name.endswith(".md") or ("/" in name and " " not in name):
            name = file_name(name.rstrip("/"))
        name = _words(name)
        found = process.extract(
            name, self._names, scorer=fuzz.token_set_ratio, limit=_LOOKED_AT, score_cutoff=_LIKE_ENOUGH
        )
        scored = sorted(((score + fuzz.ratio(name, other), at) for other, score, at in found), key=lambda one: -one[0])
        near = [self._owners[at] for score, at in scored if score > scored[0][0] - _MUCH_LESS]
        texts = {text.path: text for text in near if text.is_article or not articles_only}
        return tuple(texts.values())[:_COUNT]

    def rest(self) -> None:
        """Allow as many questions again; those asked before keep their answers while there is room."""
        if len(self._known) >= _MOST_QUERIES:
            self._known.clear()
        self._place_questions = 0

    def _gather(self) -> None:
        for text in self._texts:
            names = dict.fromkeys((_words(text.title), _words(text.slug)))
            self._names += names
            self._owners += [text] * len(names)


def _question(texts: Sequence[Text]) -> str:
    names = (f"{text.name} ({text.path})" for text in texts)
    return f"did you mean {', or '.join(names)}?" if texts else ""


def _words(name: str) -> str:
    """Return the words of a title or slug, in small letters and without punctuation."""
    from rapidfuzz.utils import default_process

    return default_process(name[:_LONGEST_QUERY])
