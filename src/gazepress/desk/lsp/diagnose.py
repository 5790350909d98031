"""What is wrong with a text as it stands in an editor? What `gazepress check` would say of it, were it saved."""

from collections.abc import Iterable, Sequence

from lsprotocol import types
from msgspec.structs import replace

from gazepress.config import read_settings
from gazepress.desk.check import Finding, check_text
from gazepress.desk.check.finding import as_finding
from gazepress.desk.lsp.context import Context
from gazepress.desk.lsp.text import Text
from gazepress.diagnostics import Diagnostic, Severity, sort_key
from gazepress.documents import Document
from gazepress.stages.parse import parse

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_NEEDS_ALL_TEXTS = ("reference-unknown", "fragment-unknown")


def diagnose(context: Context) -> tuple[Finding, ...]:
    """Return what is wrong with a text by itself and with its references, in the order of the places."""
    data, path = context.text.source.encode("utf-8", "replace"), context.text.path
    if context.kind is None:
        return tuple(map(as_finding, read_settings(data).diagnostics))
    found = check_text(context.archive.newsroom, path, data.decode())
    parsed = parse(context.kind, data, context.options).value
    if parsed is not None:
        found += tuple(map(as_finding, _references(context, parsed.document)))
    return tuple(sorted(found, key=sort_key))


def _references(context: Context, document: Document) -> Iterable[Diagnostic]:
    """Return what is wrong with references; while other texts cannot be read, none is called unknown: it may be there.

    What leads to something that is held back stops a build, though here it leads there.
    """
    path = context.text.path
    doubtful = any(one != path for one in context.archive.newsroom.library.unread)
    for found in context.archive.lookup.check(path, document).diagnostics:
        if found.code == "reference-held":
            yield replace(found, severity=Severity.ERROR)
        elif not (doubtful and found.code in _NEEDS_ALL_TEXTS):
            yield found


def as_protocol(text: Text, found: Iterable[Diagnostic]) -> Sequence[types.Diagnostic]:
    """Return problems as the protocol has them, the hint below the message."""
    return [
        types.Diagnostic(
            range=text.line_range(one.line, one.column),
            message=f"{one.message}\n{one.hint}" if one.hint else one.message,
            severity=_SEVERITIES[one.severity],
            code=one.code,
            source="gazepress",
        )
        for one in found
    ]
