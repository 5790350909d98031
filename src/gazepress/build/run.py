"""One build as all its steps see it: what was asked for, where things are, what was met, and what came of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from gazepress.build.log import Counts, ItemTime, Log, StageTime, TemplateTime
from gazepress.build.program import program_digest
from gazepress.build.remembered import KnownSettings
from gazepress.build.store import Memory, Store
from gazepress.contacts import expiring_contacts
from gazepress.diagnostics import Diagnostic, problem
from gazepress.digest import digest_bytes
from gazepress.journal import finish_rewrites
from gazepress.moments import parse_time
from gazepress.published import Held, Published
from gazepress.settings import SETTINGS_FILE, Settings

R = TypeVar("R")

OF_THE_HOUR = ("contacts-expired",)
"""Codes of what every run finds out by its own hour, so that none may be remembered."""

CACHE = ".gazepress"
DRAFTS_SUFFIX = "-drafts"


class WrongUseError(Exception):
    """The command was asked for something that no site could answer: its message says what, for the user."""


class BuildOptions(Struct, frozen=True):
    """What a build is asked to do. ``now`` is ISO 8601; without an offset, in the site's timezone."""

    site: Path
    now: str
    jobs: int
    output: Path | None = None
    drafts: bool = False
    strict: bool = False
    force: bool = False
    cache: bool = True  # whether to use what earlier builds have found out
    verify: bool = False  # whether to compare all bytes of the output, and not only what the system says of the files
    wait: bool = True  # for another build of the same site
    old_search: bool = False  # whether search indexes may stay as they are, since they take longer than all the rest
    compress: bool = True  # whether to make the compressed files that the settings ask for
    record: bool = False  # whether to write new addresses into urls.lock
    accept_lost: tuple[str, ...] = ()  # recorded addresses that are given up


class BuildResult(Struct, frozen=True):
    """What came of a build. ``published`` is None when nothing was written. The slowest items come first."""

    output: Path
    diagnostics: tuple[Diagnostic, ...]
    published: Published | None = None
    counts: Counts = Counts()
    held: tuple[Held, ...] = ()
    next_change: datetime | None = None
    as_of: datetime | None = None
    sources: str = ""  # digest of all that the site's folder holds of it
    stages: tuple[StageTime, ...] = ()
    templates: tuple[TemplateTime, ...] = ()
    slowest_texts: tuple[ItemTime, ...] = ()
    slowest_outputs: tuple[ItemTime, ...] = ()


class Run(Struct, frozen=True):
    """What all steps of a build need to know."""

    options: BuildOptions
    log: Log
    store: Store
    settings: Settings
    settings_digest: str
    as_of: datetime
    output: Path

    @property
    def name(self) -> str:
        """The name of the output folder among the things that are remembered: the same wherever the site is."""
        site, output = self.options.site.absolute(), self.output.absolute()
        return digest_bytes(str(output.relative_to(site) if output.is_relative_to(site) else output).encode())[:16]

    @property
    def records(self) -> bool:
        """Whether this build may record addresses: what an hour to come will publish is no address yet."""
        return self.options.record and self.as_of.timestamp() <= time.time()

    def local(self, moment: datetime | None) -> datetime | None:
        """Return a moment as the clocks of the publication show it."""
        return None if moment is None else moment.astimezone(self.settings.zone)


def in_a_run(options: BuildOptions, log: Log, step: Callable[[Run], R], memory: Memory | None = None) -> R | None:
    """Return what ``step`` makes of a run with these options; None if the settings cannot be read.

    The caller holds the site's lock. What a killed command has left half done in the sources is ended first.
    Raises WrongUseError when the folder is no site or ``now`` is no time.
    """
    file = options.site / SETTINGS_FILE
    if not file.is_file():
        there_is_none = f"there is no {SETTINGS_FILE} in {options.site.absolute()}"
        raise WrongUseError(f"{there_is_none}; --site names the folder of a site, and `gazepress init` makes a new one")
    log.add(_finish_changes(options.site))
    data = file.read_bytes()
    with closing(Store(options.site / CACHE if options.cache else None, program_digest(), memory)) as store:
        digest = digest_bytes(data)
        settings = _settings(store, data, digest, log)
        if settings is None:
            return None
        output = options.output or options.site / (settings.output + (DRAFTS_SUFFIX if options.drafts else ""))
        as_of = _as_of(options.now, settings)
        log.add(expiring_contacts(data, settings, as_of))
        return step(Run(options, log, store, settings, digest, as_of, output))


def _finish_changes(site: Path) -> Iterator[Diagnostic]:
    """End the work of a command that was killed while it changed sources, and yield what could not be ended."""
    for path in finish_rewrites(site):
        message = "a command that was killed has been carried out now, but not here: the file was saved since"
        yield problem("change-unfinished", message, path=path, hint="make the change here by hand")


def _settings(store: Store, data: bytes, digest: str, log: Log) -> Settings | None:
    known = store.load("settings", KnownSettings)
    if known is not None and known.digest == digest:
        log.add(known.diagnostics)
        return known.settings
    from gazepress.config import read_settings

    checked = read_settings(data)
    if checked.value is not None:
        store.save("settings", KnownSettings(digest, checked.value, checked.diagnostics))
    return log.take(checked)


def _as_of(now: str, settings: Settings) -> datetime:
    try:
        return parse_time(now, settings.zone)
    except ValueError as error:
        raise WrongUseError(f"{now!r} cannot be the time of a build: {error}") from error
