"""Which outputs must be made anew, and how one is made; all others are in their places already."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from gazepress.build.looking import Look
from gazepress.build.pictures import form_of
from gazepress.build.prints import COPY, INDEX, Print
from gazepress.build.reading import Library
from gazepress.compression import ENDINGS
from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.model import Index, Plan, Planned
from gazepress.outlines import (
    CopyOutline,
    DataOutline,
    FeedOutline,
    FormOutline,
    ImageOutline,
    IndexOutline,
    ShareOutline,
    TextOutline,
    template_of,
)
from gazepress.published import CopiedFile, Kept, Staged
from gazepress.stages.publish import Stage, Wanted, folders_of
from gazepress.theme import source_place
from gazepress.urls import output_file

_NAMED_AT_MOST = 10

Span = tuple[int, int]
"""Where a part stands in the bytes of a file: its first byte, and how many they are."""

if TYPE_CHECKING:
    from gazepress.stages.render import Render


class Work(Struct, frozen=True):
    """What is to be done for the files of a plan. Each output is in one of the three."""

    kept: tuple[Kept, ...]
    copies: tuple[CopiedFile, ...]
    drawn: tuple[int, ...]  # positions in the plan


class Drawn(Struct, frozen=True, array_like=True):
    """An output that was made, or why it was not; and the seconds that it took."""

    path: str
    template: str  # what drew it, for those who ask what takes long
    staged: tuple[Staged, ...]  # a search index is many files
    diagnostics: tuple[Diagnostic, ...]
    seconds: float
    main: Span | None  # where a page holds its block of that name
    damaged: bool  # whether a text had to be parsed once more, since what was remembered of it is damaged


def divide(
    site: Path, plan: Plan, prints: Sequence[Print], made_of: Mapping[str, str], look: Look, *, old_search: bool
) -> Work:
    """Return what must be made: whatever was not made of the same things before, or is no longer in its place.

    ``made_of`` are the fingerprints by path. With ``old_search`` an index of the same address will do.
    """
    kept: list[Kept] = []
    copies: list[CopiedFile] = []
    drawn: list[int] = []
    for at, one in enumerate(prints):
        path, is_index = one.path, one.kind == INDEX
        printed = look.before.get(path)
        will_do = printed is not None and (printed.fingerprint == made_of[path] or (old_search and is_index))
        if printed and will_do and path in look.whole:
            if not is_index:
                kept.append(Kept(path, printed.digest))
                continue
            files = [path, *_beside(path, look)]
            if all(file in look.whole for file in files):
                kept += [Kept(file, look.before[file].digest) for file in files]
            else:
                drawn.append(at)
        elif one.kind == COPY:
            copy = cast("CopyOutline", plan.outputs[at].outline)
            copies.append(CopiedFile(path, str(source_place(site, copy.source)), copy.digest))
        else:
            drawn.append(at)
    return Work(tuple(kept), tuple(copies), tuple(drawn))


def _beside(entry: str, look: Look) -> list[str]:
    """Return the other files of the search index that the last build wrote with an entry."""
    folder = entry.rpartition("/")[0] + "/"
    beside = [path for path in look.before if path.startswith(folder) and path != entry]
    return [path for path in beside if not path.endswith(tuple(ENDINGS.values()))]  # those follow from the others


def make_drawer(
    plan: Plan,
    library: Library,
    render: "Render",
    stage: Stage,
    published_main: Callable[[str], str | None],
    *,
    keep: bool,
) -> Callable[[int], Drawn]:
    """Return the function that makes the output at a position of the plan and puts it on the stage.

    ``published_main`` gives by path the block ``main`` of a page that was published, if the new one has the same.
    ``keep`` asks to keep forms of pictures.
    """
    from gazepress.stages.compose import make_compose

    compose = make_compose(plan, library.whole)

    def make(planned: Planned) -> tuple[Checked[Mapping[str, bytes]], Span | None]:
        path, main = output_file(planned.url), None
        if isinstance(planned.outline, FormOutline):
            form = form_of(library.site, planned.outline, keep=keep)
            data, found = form.value, form.diagnostics
        else:
            output = compose(planned)
            if isinstance(output, Index):
                from gazepress.build.search import make_index

                return make_index(output), None
            rendered = render(output, published_main(path))
            found = rendered.diagnostics
            data, main = (rendered.value.data, rendered.value.main) if rendered.value else (None, None)
        return Checked({} if data is None else {path: data}, found), main

    def draw(at: int) -> Drawn:
        start, planned = time.perf_counter(), plan.outputs[at]
        staged: tuple[Staged, ...] = ()
        made, main = make(planned)
        found = made.diagnostics
        try:
            staged = tuple(stage.put(path, data) for path, data in made.value.items())
        except OSError as error:
            message = f"a page could not be written: {error.strerror}"
            found = (*found, problem("output-failed", message, path=stage.output))
        seconds = time.perf_counter() - start
        return Drawn(output_file(planned.url), template_name(planned), staged, found, seconds, main, library.lost)

    return draw


def template_name(planned: Planned) -> str:
    """Return the template that draws an output, or what stands for it in the times of a build."""
    match planned.outline:
        case FeedOutline(format=form):
            return f"{form} feed"
        case ImageOutline() | ShareOutline():
            return "picture"
        case IndexOutline():
            return "search index"
        case DataOutline(form=form):
            return str(form)
        case TextOutline() | CopyOutline():
            return "other"
        case outline:
            return template_of(outline)


def once_a_place(failures: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield one problem for each place in a template: it may have failed on every page of an archive."""
    places: dict[tuple[str, int, int], list[Diagnostic]] = {}
    for found in failures:
        places.setdefault((found.path, found.line, found.column), []).append(found)
    for first, *others in places.values():
        more = f", and {len(others)} more of the same" if others else ""
        yield replace(first, message=first.message + more)


def mended(output: Path, look: Look, prints: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield a note when files were changed or removed in the output folder, and are as they should be again."""
    paths = [path for path in look.altered if path in prints] if look.by_us else []
    if paths:
        more = f" and {len(paths) - _NAMED_AT_MOST} more" if len(paths) > _NAMED_AT_MOST else ""
        names = ", ".join(map(repr, paths[:_NAMED_AT_MOST]))
        message = f"these had been changed or removed, and are as they should be again: {names}{more}"
        yield problem("output-mended", message, path=str(output))


def prints_beside(prints: Iterable[Print], made_of: Mapping[str, str], wanted: Iterable[Wanted]) -> dict[str, str]:
    """Return the fingerprints of the files beside the entry of a search index, which are those of the entry."""
    folders = {one.path.rpartition("/")[0]: made_of[one.path] for one in prints if one.kind == INDEX}
    found: dict[str, str] = {}
    for one in wanted if folders else ():
        if one.path not in made_of:
            found[one.path] = next(folders[folder] for folder in folders_of([one.path]) if folder in folders)
    return found
