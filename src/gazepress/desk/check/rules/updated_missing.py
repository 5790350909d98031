"""Corrected articles that do not say when they last changed."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.desk.edits import Edit
from gazepress.desk.yaml_edits import YamlEditError, get, set_key
from gazepress.diagnostics import Severity
from gazepress.matter import CorrectionKind, FrontMatter

_CHANGES = (CorrectionKind.CORRECTION, CorrectionKind.UPDATE, CorrectionKind.RETRACTION)


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    if not isinstance(matter, FrontMatter):
        return
    notes = [(note.date, number) for number, note in enumerate(matter.corrections) if note.kind in _CHANGES]
    if not notes:
        return
    newest, number = max(notes)
    if matter.updated is not None and matter.updated >= newest:
        return
    kind = matter.corrections[number].kind.value
    said = "no `updated:`" if matter.updated is None else "an older `updated:`"
    written = get(text.source, ("corrections", number, "date"))
    hint = f"write `updated: {written}`"
    mend = _mend(text.source, str(written))
    yield Hit(f"the article has a dated {kind}, and {said}", text.place_of("corrections", number), hint, mend)


def _mend(source: str, date: str) -> tuple[Edit, ...]:
    try:
        return (set_key(source, "updated", date, after="date"),)
    except YamlEditError:
        return ()


RULE = TextRule(
    "updated-missing",
    Severity.WARNING,
    "A correction, an update or a retraction is newer than `updated:`, so that feeds and search engines miss it.",
    "Set `updated:` to the time of the note; `--fix` does that.",
    _look,
)
