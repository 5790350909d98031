"""What is a finding? A problem that may know its own mend."""

from gazepress.desk.edits import Edit
from gazepress.diagnostics import Diagnostic


class Finding(Diagnostic, frozen=True):
    """A problem, and the edits that mend it when all of them are made; none where only a person can tell how."""

    mend: tuple[Edit, ...] = ()


def as_finding(found: Diagnostic) -> Finding:
    """Return a diagnostic of the build as a finding without a mend."""
    return Finding(*(getattr(found, name) for name in found.__struct_fields__))
