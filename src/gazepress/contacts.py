"""Whether the contacts in ``security.txt`` still hold at an hour."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from gazepress.diagnostics import Diagnostic, Severity, problem
from gazepress.settings import SETTINGS_FILE, Settings

_DUE = timedelta(days=30)  # before the contacts end, editors are told


def expiring_contacts(data: bytes, settings: Settings, as_of: datetime) -> Iterator[Diagnostic]:
    """Yield what is to be said at an hour of how long the contacts in ``security.txt`` hold.

    ``data`` are the bytes of ``site.yaml``, which hold these settings: it can be told without reading them again while
    nothing is due.
    """
    expires = settings.security.expires
    if not settings.security.contacts or expires is None or as_of + _DUE < expires:
        return
    from gazepress.typed_yaml import place_of

    line, column = place_of(data.decode("utf-8-sig"), "security", "expires")
    is_past, when = expires <= as_of, expires.astimezone(settings.zone).strftime("%Y-%m-%d %H:%M %z")
    yield problem(
        "contacts-expired",
        f"the contacts in security.txt {'held' if is_past else 'hold'} until {when}",
        path=SETTINGS_FILE,
        line=line,
        column=column,
        hint="check that they still hold, and set a time within a year (RFC 9116, section 2.5.5)",
        severity=None if is_past else Severity.NOTE,
    )
