"""The pipeline: files → sources → documents → graph → plan → bytes → the published site.

This is the only file that knows the order of the stages and what runs in parallel.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from gazepress import theme as built_in_theme
from gazepress.config import BUILT_IN_PHRASES, SETTINGS_FILE, Settings, read_settings
from gazepress.diagnostics import Checked, Diagnostic, Severity, not_utf8, problem, sort_key
from gazepress.digest import digest_bytes
from gazepress.model import (
    CopiedFile,
    Copy,
    Counts,
    Document,
    Feed,
    Graph,
    Held,
    Output,
    Page,
    ParseOptions,
    Plan,
    Published,
    Redirect,
    Rendered,
    SourceFile,
    SourceKind,
    StageTime,
    TemplateTime,
)
from gazepress.moments import parse_time
from gazepress.pool import WorkerDiedError, ordered_map
from gazepress.stages.discover import discover
from gazepress.stages.graph import build_graph
from gazepress.stages.parse import parse
from gazepress.stages.parse.media import check_media
from gazepress.stages.plan import THEME, make_plan
from gazepress.stages.publish import check_output, publish
from gazepress.stages.render import make_render
from gazepress.stages.render.html import Theme, check_templates, read_theme
from gazepress.urls import output_file

S = TypeVar("S")
T = TypeVar("T")

DRAFTS_SUFFIX = "-drafts"
_TEXTS = (SourceKind.ARTICLE, SourceKind.PAGE, SourceKind.AUTHOR)
_NEEDS_ALL_TEXTS = ("reference-unknown", "link-broken", "fragment-unknown")

Progress = Callable[[str, int, int], None]
"""Told the stage, how many of its items are done, and how many there are."""


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


class BuildResult(Struct, frozen=True):
    """What came of a build. ``published`` is None when nothing was written."""

    output: Path
    diagnostics: tuple[Diagnostic, ...]
    published: Published | None = None
    counts: Counts = Counts()
    held: tuple[Held, ...] = ()
    next_change: datetime | None = None
    stages: tuple[StageTime, ...] = ()
    templates: tuple[TemplateTime, ...] = ()


def build(options: BuildOptions, progress: Progress | None = None) -> BuildResult:
    """Build a site, or find every reason why not; in that case the output folder stays as it was.

    Raises WrongUseError when the folder is no site or ``now`` is no time.
    """
    log = _Log(options, progress)
    settings = _read_settings(options, log)
    if settings is None:
        return _result(options, log)
    output = _output(options, settings)
    log.add(check_output(output, options.site, force=options.force))
    files, graph = _read_site(options, settings, log)
    theme = log.take(_read_theme(options.site, files))
    with log.stage("plan"):
        plan = log.take(make_plan(graph, settings, (*files, *_theme_files())))
        log.add(_check_media(options.site, plan))
    if log.failed():
        return _result(options, log, output, graph)
    with log.stage("render"):
        rendered = _render_all(options, settings, theme, plan, log)
    if log.failed():
        return _result(options, log, output, graph)
    with log.stage("publish"):
        published = log.take(publish(output, rendered, force=options.force))
    return _result(options, log, output, graph, plan, published)


def read_graph(options: BuildOptions) -> Checked[Graph | None]:
    """Return the article graph of a site without building it.

    Raises WrongUseError when the folder is no site or ``now`` is no time.
    """
    log = _Log(options)
    settings = _read_settings(options, log)
    graph = _read_site(options, settings, log)[1] if settings else None
    return Checked(graph, log.sorted())


def _read_site(options: BuildOptions, settings: Settings, log: "_Log") -> tuple[tuple[SourceFile, ...], Graph]:
    as_of = _as_of(options.now, settings)
    with log.stage("discover"):
        files = log.take(discover(options.site, output=str(_output(options, settings).absolute())))
    with log.stage("parse"):
        documents = _parse_all(options, settings, files, log)
    with log.stage("graph"):
        others = frozenset(file.path for file in files if file.kind not in _TEXTS)
        graph = log.take(build_graph(documents, settings, as_of, files=others, show_held=options.drafts))
        log.set_aside({held.path for held in graph.held})
    return files, graph


def _read_settings(options: BuildOptions, log: "_Log") -> Settings | None:
    file = options.site / SETTINGS_FILE
    if not file.is_file():
        raise WrongUseError(f"there is no {SETTINGS_FILE} in {options.site.absolute()}")
    return log.take(read_settings(file.read_bytes()))


def _output(options: BuildOptions, settings: Settings) -> Path:
    return options.output or options.site / (settings.output + (DRAFTS_SUFFIX if options.drafts else ""))


def _as_of(now: str, settings: Settings) -> datetime:
    try:
        return parse_time(now, settings.zone)
    except ValueError as error:
        raise WrongUseError(f"{now!r} cannot be the time of a build: {error}") from error


def _parse_all(
    options: BuildOptions, settings: Settings, files: Sequence[SourceFile], log: "_Log"
) -> dict[str, Document]:
    """Return the documents of all texts. Where some cannot be read, references to them are not held against others."""
    texts = [file for file in files if file.kind in _TEXTS]
    parse_options = _parse_options(settings)

    def read(file: SourceFile) -> Checked[Document | None]:
        checked = parse(file.kind, (options.site / file.path).read_bytes(), parse_options)
        return Checked(checked.value, tuple(found.at(file.path) for found in checked.diagnostics))

    documents: dict[str, Document] = {}
    for file, result in zip(texts, log.map("parse", read, texts, [file.path for file in texts]), strict=False):
        document = log.take(result)
        if document is None:
            log.forgiven = _NEEDS_ALL_TEXTS
        else:
            documents[file.path] = document
    log.parsed = len(texts)
    return documents


def _check_media(site: Path, plan: Plan) -> Iterator[Diagnostic]:
    """Yield what forbids to publish the pictures and documents that articles bring along."""
    for output in plan.outputs:
        if isinstance(output, Copy) and output.sources[0].startswith("content/"):
            yield from check_media(output.sources[0], (site / output.sources[0]).read_bytes())


def _render_all(
    options: BuildOptions, settings: Settings, theme: Theme, plan: Plan, log: "_Log"
) -> list[Rendered | CopiedFile]:
    render = make_render(theme, settings)
    drawn = [output for output in plan.outputs if not isinstance(output, Copy)]

    def timed(output: Output) -> tuple[Checked[bytes | None], float]:
        start = time.perf_counter()
        return render(output), time.perf_counter() - start

    files = [_copied(options.site, output) for output in plan.outputs if isinstance(output, Copy)]
    rendered: list[Rendered] = []
    failures: list[Diagnostic] = []
    results = log.map("render", timed, drawn, [output.url for output in drawn])
    for output, (checked, seconds) in zip(drawn, results, strict=False):
        failures += checked.diagnostics
        log.templates.setdefault(_template(output), []).append(seconds)
        if checked.value is not None:
            rendered.append(Rendered(output_file(output.url), checked.value))
    log.add(_once_a_place(failures))
    return [*files, *rendered]


def _once_a_place(failures: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield one problem for each place in a template: it may have failed on every page of an archive."""
    places: dict[tuple[str, int, int], list[Diagnostic]] = {}
    for found in failures:
        places.setdefault((found.path, found.line, found.column), []).append(found)
    for first, *others in places.values():
        more = f", and {len(others)} more of the same" if others else ""
        yield replace(first, message=first.message + more)


class _Log:
    """What a build meets on its way: problems, and how long things take."""

    def __init__(self, options: BuildOptions, progress: Progress | None = None) -> None:
        self.jobs = options.jobs
        self.strict = options.strict
        self.progress = progress or _silent
        self.diagnostics: list[Diagnostic] = []
        self.forgiven: tuple[str, ...] = ()
        self.stages: list[StageTime] = []
        self.templates: dict[str, list[float]] = {}
        self.parsed = 0

    def take(self, checked: Checked[T]) -> T:
        """Return a stage's result and keep its problems."""
        self.add(checked.diagnostics)
        return checked.value

    def add(self, found: Iterable[Diagnostic]) -> None:
        self.diagnostics += [one for one in found if one.code not in self.forgiven]

    def set_aside(self, paths: AbstractSet[str]) -> None:
        """Make notes of the problems met so far in texts that are held back: a draft need not be finished."""
        self.diagnostics = [
            replace(one, severity=Severity.NOTE) if one.path in paths else one for one in self.diagnostics
        ]

    def failed(self) -> bool:
        stopping = (Severity.ERROR, Severity.WARNING) if self.strict else (Severity.ERROR,)
        return any(found.severity in stopping for found in self.diagnostics)

    def sorted(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted(dict.fromkeys(self.diagnostics), key=sort_key))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.stages.append(StageTime(name, time.perf_counter() - start))

    def map(self, stage: str, work: Callable[[S], T], items: Sequence[S], names: Sequence[str]) -> list[T]:
        """Return ``work`` of each item; none at all, and a problem, when a worker died."""
        try:
            return ordered_map(
                work, items, jobs=self.jobs, progress=lambda done: self.progress(stage, done, len(items))
            )
        except WorkerDiedError as error:
            self.add(
                problem("worker-died", f"a worker ended during {stage}", path=names[at]) for at in error.items or (0,)
            )
            return []


def _read_theme(site: Path, files: Sequence[SourceFile]) -> Checked[Theme]:
    """Return the theme with the site's own templates, and what is wrong with them."""
    texts: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for file in files:
        if file.kind is SourceKind.TEMPLATE:
            try:
                texts[file.path.removeprefix("templates/")] = (site / file.path).read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                problems.append(not_utf8(error).at(file.path))
    theme = read_theme(texts)
    return Checked(theme, (*problems, *check_templates(theme)))


def _theme_files() -> Iterator[SourceFile]:
    """Yield the static files of the built-in theme, in the order of their paths."""
    for file in sorted(built_in_theme.STATIC.rglob("*")):
        if file.is_file():
            path = THEME + file.relative_to(built_in_theme.STATIC).as_posix()
            data = file.read_bytes()
            yield SourceFile(path, SourceKind.STATIC, digest_bytes(data), len(data))


def _parse_options(settings: Settings) -> ParseOptions:
    languages = sorted({settings.language, *BUILT_IN_PHRASES, *settings.phrases})
    phrases = {language: settings.phrases_for(language) for language in languages}
    return ParseOptions(settings.timezone, settings.language, phrases)


def _copied(site: Path, copy: Copy) -> CopiedFile:
    source = copy.sources[0]
    in_theme = source.startswith(THEME)
    file = built_in_theme.STATIC / source.removeprefix(THEME) if in_theme else site / source
    return CopiedFile(output_file(copy.url), str(file), copy.digest)


def _template(output: Output) -> str:
    match output:
        case Page(template=template):
            return template
        case Redirect():
            return "redirect.html"
        case Feed():
            return "RSS"
        case _:
            return "other"


def _result(
    options: BuildOptions,
    log: _Log,
    output: Path | None = None,
    graph: Graph | None = None,
    plan: Plan | None = None,
    published: Published | None = None,
) -> BuildResult:
    counts = Counts(
        articles=len(graph.articles) if graph else 0,
        pages=sum(isinstance(one, Page) for one in plan.outputs) if plan else 0,
        outputs=len(plan.outputs) if plan else 0,
        parsed=log.parsed,
        rendered=sum(map(len, log.templates.values())),
        written=len(published.written) if published else 0,
        removed=len(published.removed) if published else 0,
    )
    return BuildResult(
        output=output or options.site,
        diagnostics=log.sorted(),
        published=published,
        counts=counts,
        held=graph.held if graph else (),
        next_change=graph.next_change if graph else None,
        stages=tuple(log.stages),
        templates=tuple(TemplateTime(name, len(each), sum(each), max(each)) for name, each in log.templates.items()),
    )


def _silent(_stage: str, _done: int, _total: int) -> None:
    pass
