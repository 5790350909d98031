"""Problems and results as a person or a program reads them: the only place that prints."""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec

from gazepress.build import BuildResult
from gazepress.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from rich.progress import Progress

    from gazepress.checksums import Comparison
    from gazepress.why import Explanation

_LINE_END = re.compile(r"\r\n?|\n")
_NOTES_SHOWN = 10
_TOLD_OF_A_CODE = 10
_SLOWEST_SHOWN = 8
_FILES_SHOWN = 20
_SAYING_NOTHING = ("", "---")
"""Lines of a file that tell nothing of a problem: it is of the text as a whole."""

_PATIENCE = 1.0
"""Seconds before a progress bar is worth looking at."""

_DIFF_STYLES = {"diff ": "1", "+++": "1", "---": "1", "rename ": "1", "@@": "36", "+": "32", "-": "31"}
_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


class Console:
    """Where the command speaks: results to one stream, problems and progress to the other."""

    def __init__(self, *, quiet: bool, verbose: bool, color: bool, width: int | None = None) -> None:
        """``width``: the columns of a terminal; None for programs, which get each message on one line."""
        self.quiet = quiet
        self.verbose = verbose
        self.color = color
        self.width = width

    def show_build(self, result: BuildResult, site: Path, seconds: float, *, failed: bool) -> None:
        """Print the problems of a build, what was held back, and one last line that says what came of it."""
        self.show_problems(result.diagnostics, site)
        if not self.quiet:
            for line in _held_lines(result):
                self.say(self.fold(line, indent=4))
        if self.verbose:
            for line in _timing_lines(result):
                self.say(line)
        summary = _summary(result, seconds, failed=failed)
        if failed:
            self.warn(self.paint(summary, "1;31"))
        elif not self.quiet:
            self.say(self.paint(summary, "1;32"))

    def show_preview(self, address: str, *, is_public: bool, drafts: bool) -> None:
        """Print where a preview can be seen, and how it ends."""
        self.say(self.paint(f"preview: {address}", "1") + "  (Ctrl-C ends it)")
        if is_public:
            held = ", and what is held back" if drafts else ""
            self.warn(self.paint(f"everybody on the network can see it{held}", "33"))

    def show_rebuild(self, result: BuildResult, site: Path, seconds: float, last: BuildResult | None) -> None:
        """Print what a build of a preview met that the last one did not, and what came of it, if that is news."""
        known = last.diagnostics if last else ()
        self.show_problems([found for found in result.diagnostics if found not in known], site)
        clock = time.strftime("%H:%M:%S")
        if result.published is None:
            errors = sum(found.severity is Severity.ERROR for found in result.diagnostics)
            self.warn(self.paint(f"{clock} not built: {_count(errors, 'error')} ({seconds:.2f} s)", "1;31"))
        else:
            changed = len(result.published.written) + len(result.published.removed)
            if changed or last is None or last.published is None:
                self.say(f"{clock} built: {_count(changed, 'file')} changed ({seconds:.2f} s)")

    def show_comparison(self, found: "Comparison", place: Path, site: Path) -> None:
        """Print how a folder or a list of checksums differs from what was built."""
        if found.result.published is None:
            self.show_problems(found.result.diagnostics, site)
            errors = sum(one.severity is Severity.ERROR for one in found.result.diagnostics)
            self.warn(self.paint(f"not built, so nothing was compared: {_count(errors, 'error')}", "1;31"))
            return
        kinds = {"differs": found.differing, "missing": found.missing, "extra": found.extra}
        for kind, paths in kinds.items():
            shown = paths if self.verbose else paths[:_FILES_SHOWN]
            for path in shown:
                self.say(f"{kind}: {_plain(path)}")
            if len(paths) > len(shown):
                self.say(f"… and {len(paths) - len(shown)} more; --verbose shows all")
        hour = f"as of {_minute(found.result.as_of)}" if found.result.as_of else ""
        if found.is_equal:
            summary = f"{_count(found.same, 'file')} of {place}: all are what this source builds {hour}"
            self.say(self.paint(summary, "1;32"))
            return
        for cause in found.causes:
            self.say(f"  {cause}")
        counts = ", ".join(f"{len(paths)} {kind}" for kind, paths in kinds.items() if paths)
        self.say(self.paint(f"{place} is not what this source builds {hour}: {counts}; {found.same} the same", "1;31"))

    def show_problems(self, diagnostics: Iterable[Diagnostic], site: Path) -> None:
        """Print problems in the order of their places; of mere notes only the first ten, unless all are asked for."""
        notes = 0
        sources = _SourceLines(site)
        for found in diagnostics:
            if found.severity is not Severity.ERROR and self.quiet:
                continue
            if found.severity is Severity.NOTE:
                notes += 1
                if notes > _NOTES_SHOWN and not self.verbose:
                    continue
            self.warn(self.describe(found, sources))
        if notes > _NOTES_SHOWN and not self.verbose:
            self.warn(f"… and {_count(notes - _NOTES_SHOWN, 'more note')}; --verbose shows all")

    def show_check(self, findings: Sequence[Diagnostic], site: Path) -> None:
        """Print findings in their order and a line that counts them: all errors, of the rest ten of each code."""
        sources = _SourceLines(site)
        told: Counter[str] = Counter()
        for found in findings:
            told[found.code] += found.severity is not Severity.ERROR
            if self.verbose or found.severity is Severity.ERROR or told[found.code] <= _TOLD_OF_A_CODE:
                self.say(self.describe(found, sources))
        left = [f"{number - _TOLD_OF_A_CODE} of {code}" for code, number in told.items() if number > _TOLD_OF_A_CODE]
        if left and not self.verbose:
            self.say(f"… and more: {', '.join(left)}; --verbose, or the path of a text, shows all")
        self.say(self.paint(_tally(findings), "1"))

    def describe(self, found: Diagnostic, sources: "_SourceLines") -> str:
        """Return a problem as ``path:line:column: code: message``, with the line itself on a terminal, and the mend."""
        place = _plain(":".join(str(part) for part in (found.path, found.line, found.column) if part))
        gap = ": " if place else ""
        after = len(place + gap)
        if place and self.width and after + len(found.code) >= self.width:
            gap, after = ":\n  ", len("  ")
        code = self.paint(found.code, f"1;{_COLORS[found.severity]}") + ": "
        word = "" if found.severity is Severity.ERROR else f"{found.severity}: "
        message = self.fold(word + _plain(found.message), after=after + len(found.code) + len(": "), indent=2)
        lines = [self.paint(place, "1") + gap + code + message]
        if self.width and found.line:
            lines += self._excerpt_lines(sources.line(found.path, found.line), found, self.width)
        if found.hint:
            hint = "  hint: "
            lines.append(hint + self.fold(_plain(found.hint), after=len(hint), indent=len(hint)))
        return "\n".join(lines)

    def fold(self, text: str, *, after: int = 0, indent: int) -> str:
        """Return a text that stands behind ``after`` columns, broken between words where a terminal would break it.

        No word is broken, since it may be a path that somebody wants to copy.
        """
        if not self.width:
            return text
        from textwrap import wrap

        start = after % self.width
        lines = wrap(
            text,
            self.width,
            initial_indent=" " * start,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "\n".join(lines)[start:]

    def _excerpt_lines(self, source: str | None, found: Diagnostic, width: int) -> list[str]:
        """Return the line of a problem, with a caret below its column; nothing where the line says nothing."""
        if source is None or source.strip() in _SAYING_NOTHING:
            return []
        number = f"{found.line:5} │ "
        source, column = _excerpt(source, found.column, width - len(number))
        lines = [self.paint(number, "2") + _plain(source, tab=" ")]
        if column:
            lines.append(" " * (len(number) - 2) + self.paint("│ ", "2") + _caret(source, column))
        return lines

    def show_diff(self, diff: str) -> None:
        """Print a unified diff, coloured as git does."""
        for line in diff.splitlines():
            style = next((style for start, style in _DIFF_STYLES.items() if line.startswith(start)), "")
            self.say(self.paint(_plain(line, tab="\t"), style))

    def paint(self, text: str, style: str) -> str:
        """Return text in a style (ECMA-48, SGR), if the terminal shows any."""
        return f"\033[{style}m{text}\033[0m" if self.color and text else text

    def say_waiting(self) -> None:
        """Say that another build has to end first."""
        self.warn("another build of this site is running; waiting for it to end")

    def say(self, text: str) -> None:
        """Print a line of the result."""
        _write(sys.stdout, text)

    def warn(self, text: str) -> None:
        """Print a line about what is wrong."""
        _write(sys.stderr, text)


def build_as_json(result: BuildResult, *, failed: bool) -> str:
    """Return a build as one JSON document; docs/diagnostics.md gives its shape."""
    document = {
        "version": 1,
        "status": "failed" if failed else "built",
        "output": str(result.output),
        "diagnostics": result.diagnostics,
        "counts": result.counts,
        "held": result.held,
        "next_change": result.next_change,
        "stages": result.stages,
        "templates": result.templates,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def describe_explanation(explanation: "Explanation") -> str:
    """Return why an output is as old as it is, one reason a line."""
    since = _minute(explanation.since)
    what = f"it is {explanation.compresses} compressed; " if explanation.compresses else ""
    if not explanation.by_last_build:
        return f"{explanation.path}\n{what}not made by the last build: nothing changed since {since}"
    return "\n".join(
        (explanation.path, f"{what}made by the last build, {since}", *(f"  {one}" for one in explanation.changes))
    )


def profile_as_json(result: BuildResult) -> str:
    """Return what took how long as one JSON document; docs/commands.md gives its shape."""
    document = {
        "version": 1,
        "counts": result.counts,
        "stages": result.stages,
        "templates": sorted(result.templates, key=lambda one: one.seconds, reverse=True),
        "texts": result.slowest_texts,
        "outputs": result.slowest_outputs,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


class ProgressBar:
    """A bar on the terminal for builds that take longer than a second; on anything else it is silent."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self.start = time.monotonic()
        self.bar: Progress | None = None
        self.stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` things of a stage are done."""
        if not self.shown or time.monotonic() - self.start < _PATIENCE:
            return
        if self.bar is None:
            from rich.console import Console as RichConsole
            from rich.progress import Progress

            self.bar = Progress(console=RichConsole(stderr=True), transient=True, auto_refresh=False)
            self.bar.start()
        if stage != self.stage:
            self.stage = stage
            self.task = self.bar.add_task(stage, total=total)
        self.bar.update(self.task, completed=done)
        self.bar.refresh()

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()


class _SourceLines:
    """Lines of the site's files, for showing where a problem is."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.files: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        if path not in self.files:
            try:
                text = (self.site / path).read_text("utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self.files[path] = _LINE_END.split(text)
        lines = self.files[path]
        return lines[number - 1] if number <= len(lines) else None


def _plain(text: str, tab: str = "?") -> str:
    """Return text of an author's on one line, with a mark for each character that could steer the terminal."""
    text = text.replace("\t", tab)
    return text if text.isprintable() else "".join(one if one.isprintable() or _is_space(one) else "?" for one in text)


def _is_space(character: str) -> bool:
    """Tell whether it is one of the spaces of typography, which Python calls unprintable but for the plain one."""
    from unicodedata import category

    return category(character) == "Zs"


def _excerpt(line: str, column: int, room: int) -> tuple[str, int]:
    """Return what fits into ``room`` of a line around a column, and which column that is there.

    A paragraph is one line of its file; broken by the terminal it would have its caret anywhere.
    """
    if len(line) <= room:
        return line, column
    start = min(max(0, column - 1 - room // 3), len(line) - room)
    shown = line[start : start + room]
    if start:
        shown = "…" + shown[1:]
    if start + room < len(line):
        shown = shown[:-1] + "…"
    return shown, column and column - start


def _caret(line: str, column: int) -> str:
    """Return spaces up to a column and a caret; wide characters take two places on a terminal."""
    from unicodedata import combining, east_asian_width

    before = line[: column - 1]
    width = sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in before)
    return " " * width + "^"


def _held_lines(result: BuildResult) -> list[str]:
    lines = [f"held back: {len(result.held)}"] if result.held else []
    for held in result.held:
        until = f" until {_minute(held.until)}" if held.until else ""
        lines.append(f"  {held.path}: {held.reason}{until}")
    if result.next_change:
        lines.append(f"next change by the hour: {_minute(result.next_change)}")
    return lines


def _timing_lines(result: BuildResult) -> list[str]:
    counts = result.counts
    texts = f"{_count(counts.parsed, 'text')} parsed, {counts.reused} reused"
    lines = [f"  {texts}; {counts.rendered} of {counts.outputs} outputs rendered"]
    lines += [f"  {stage.stage:9}{stage.seconds:8.2f} s" for stage in result.stages]
    slowest = sorted(result.templates, key=lambda one: one.seconds, reverse=True)[:_SLOWEST_SHOWN]
    for one in slowest:
        mean = 1000 * one.seconds / one.pages
        lines.append(f"  {one.template:16}{one.pages:6} × {mean:7.2f} ms, slowest {1000 * one.slowest:7.2f} ms")
    return lines


def _summary(result: BuildResult, seconds: float, *, failed: bool) -> str:
    problems = _tally(result.diagnostics)
    if failed:
        return f"not built: {problems}; the output is as it was ({seconds:.1f} s)"
    counts = result.counts
    done = f"{_count(counts.articles, 'article')}, {_count(counts.pages, 'page')}"
    work = f"{counts.written} written, {counts.removed} removed"
    return f"built {result.output}: {done}, {work}, {problems} ({seconds:.1f} s)"


def _tally(found: Iterable[Diagnostic]) -> str:
    severities = Counter(one.severity for one in found)
    return ", ".join(_count(severities[one], one.value) for one in Severity if severities[one]) or "no problems"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M %z")


def _write(stream: TextIO, text: str) -> None:
    """Print text with whatever the terminal's encoding cannot show replaced, so that speaking never fails."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, errors="backslashreplace").decode(encoding) + "\n")
    stream.flush()
