"""The theme of a site: the built-in files, and the site's own templates in front of them."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from gazepress import theme as built_in_theme
from gazepress.build.keys import theme_key
from gazepress.build.program import program_digest
from gazepress.build.run import Run
from gazepress.build.store import Store
from gazepress.diagnostics import Checked, Diagnostic, not_utf8, problem
from gazepress.digest import digest_bytes
from gazepress.model import Template
from gazepress.sources import SourceFile, SourceKind
from gazepress.theme import THEME, source_place

if TYPE_CHECKING:
    from gazepress.stages.render.templates import Theme

_BUILT_IN = "built-in"  # the name of a record


class KnownTheme(Struct, frozen=True):
    """What was found out about a set of templates: what is wrong, and which ones each page depends on."""

    key: str
    digests: dict[str, str]  # path of a template → digest
    closures: dict[str, tuple[str, ...]]  # name of a page's template → paths
    mains: dict[str, tuple[str, ...]]  # the same for the block main alone, where it can be told from the page
    diagnostics: tuple[Diagnostic, ...]
    templates: dict[str, Template]  # by path


def examine_theme(run: Run, files: Sequence[SourceFile]) -> KnownTheme:
    """Return what there is to know of the templates, and say what is wrong with them."""
    key = theme_key(files)
    known = run.store.load("theme", KnownTheme)
    if known is None or known.key != key:
        with run.log.stage("theme"):
            from gazepress.stages.render.templates import check_templates, closures, main_closures

            read = read_site_theme(run.options.site, files, {})
            digests = {path: digest_bytes(source.encode()) for path, source in read.value.templates.items()}
            with _of_the_program() as built_in:
                same = {path for path, digest in digests.items() if known and known.digests.get(path) == digest}
                own = {path: known.templates[path] for path in same} if known else {}
                theme = replace(read.value, known=built_in | own)
                problems = (*read.diagnostics, *check_templates(theme))
                examined = theme.examined()
                built_in |= {path: one for path, one in examined.items() if path.startswith(THEME)}
            known = KnownTheme(key, digests, closures(theme), main_closures(theme), problems, examined)
            if _is_as_found(run.options.site, files):
                run.store.save("theme", known)
    run.log.add(known.diagnostics)
    return known


def read_site_theme(site: Path, files: Sequence[SourceFile], known: Mapping[str, Template]) -> Checked["Theme"]:
    """Return the theme with the site's own templates; those that are no text are problems.

    ``known`` are templates that were examined before, by path.
    """
    from gazepress.stages.render.templates import read_theme

    texts: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for file in files:
        if file.kind is SourceKind.TEMPLATE:
            try:
                texts[file.path.removeprefix("templates/")] = (site / file.path).read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                problems.append(not_utf8(error).at(file.path))
    return Checked(read_theme(texts, known), tuple(problems))


def read_sheets(site: Path, files: Iterable[SourceFile]) -> Checked[dict[str, str]]:
    """Return the texts of style sheets by file; one that is no text is a problem, and empty."""
    texts: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for file in files:
        texts[file.path] = ""
        try:
            texts[file.path] = source_place(site, file.path).read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problems.append(not_utf8(error).at(file.path))
        except OSError as error:  # it was there a moment ago
            problems.append(problem("unreadable", f"it cannot be read: {error.strerror}", path=file.path))
    return Checked(texts, tuple(problems))


@contextmanager
def _of_the_program() -> Iterator[dict[str, Template]]:
    """Give what is known of the templates of the built-in theme, by path; what is added is kept.

    It lies where Python keeps its compiled modules, if it may keep them: examining these templates takes longer than
    the rest of a small site, and they are the same for all sites. Builds of two sites may be here at once: what one
    spoils for the other is found to be damaged, and made anew.
    """
    known: dict[str, Template] = {}
    if sys.dont_write_bytecode:
        yield known
        return
    folder = Path(cache_from_source(built_in_theme.__file__)).parent / "templates"
    with closing(Store(folder, program_digest())) as store:
        known |= store.load(_BUILT_IN, dict[str, Template]) or {}
        before = len(known)
        yield known
        if len(known) > before:
            store.save(_BUILT_IN, known)


def _is_as_found(site: Path, files: Sequence[SourceFile]) -> bool:
    """Tell whether the templates still are what they were when files were looked for: the key is of those bytes."""
    templates = (file for file in files if file.kind is SourceKind.TEMPLATE)
    return all(digest_bytes((site / file.path).read_bytes()) == file.digest for file in templates)


def theme_files() -> Iterator[SourceFile]:
    """Yield the static files of the built-in theme, in the order of their paths."""
    for file in sorted(built_in_theme.STATIC.rglob("*")):
        if file.is_file():
            path = THEME + file.relative_to(built_in_theme.STATIC).as_posix()
            data = file.read_bytes()
            yield SourceFile(path, SourceKind.STATIC, digest_bytes(data), len(data))
