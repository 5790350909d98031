"""How have editors laid out the front page? The text of ``content/_front.yaml`` as a document without a body."""

from datetime import UTC

from gazepress.diagnostics import Checked, Severity
from gazepress.documents import Body, Document, Parsed, Ref, RefKind
from gazepress.matter import Layout
from gazepress.typed_yaml import read_record


def parse_layout(text: str) -> Checked[Parsed | None]:
    """Return the layout of the front page, its references in the order of the file's slots and the lead before them."""
    checked = read_record(text, Layout, timezone=UTC)
    layout = checked.value
    broken = layout is None or any(found.severity is Severity.ERROR for found in checked.diagnostics)
    return Checked(None if broken or layout is None else Parsed(_document(layout), Body(())), checked.diagnostics)


def _document(layout: Layout) -> Document:
    named = [layout.lead] if layout.lead else []
    named += [one for slot in layout.slots for one in slot.articles]
    return Document(layout, tuple(Ref(RefKind.LAYOUT, one.text.strip(), one.line, one.column) for one in named))
