"""What is a rule of the desk? It is told of a text or of all, and says what it met there."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.answers import Answer
from gazepress.desk.check.finding import Finding
from gazepress.desk.check.text import Place, Text
from gazepress.desk.edits import Edit
from gazepress.diagnostics import Severity


class Hit(Struct, frozen=True):
    """What a rule met: in words, where, and how it is mended there. Of a text as a whole the place is (0, 0).

    ``path`` is that of the text's file. A rule on one text knows none: it leaves it empty, in ``mend`` too.
    """

    message: str
    place: Place = (0, 0)
    hint: str = ""
    mend: tuple[Edit, ...] = ()
    path: str = ""


class Rule(Struct, frozen=True):
    """A rule by its code: how much it weighs unless ``site.yaml`` says otherwise, what it means, how it is mended."""

    code: str
    severity: Severity
    meaning: str
    mend: str

    def finding(self, hit: Hit) -> Finding:
        """Return what the rule met as a finding."""
        line, column = hit.place
        return Finding(self.code, hit.message, self.severity, hit.path, line, column, hit.hint, hit.mend)


class TextRule(Rule, frozen=True):
    """A rule on one text. It sees nothing else, so what it said of a text is remembered for as long as that is so."""

    look: Callable[[Text], Iterable[Hit]]


class ArchiveRule(Rule, frozen=True):
    """A rule on the whole archive. It is asked anew whenever anything in the site has changed."""

    look: Callable[[Newsroom], Iterable[Hit]]


class AnswerRule(Rule, frozen=True):
    """A rule on what another site answers to the address of a link. It never decides whether a check has failed."""

    look: Callable[[Answer], Iterable[Hit]]
