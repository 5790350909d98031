"""A page becomes HTML: its view, drawn by the site's template of that name or else by the theme's."""

import marshal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from zoneinfo import ZoneInfo

from jinja2 import nodes
from msgspec import Struct

from gazepress import theme as built_in_theme
from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.model import Page
from gazepress.page_views import TEMPLATES
from gazepress.stages.render.environment import compile_template, make_environment, parse_template
from gazepress.stages.render.filters import make_filters
from gazepress.stages.render.template_errors import did_you_mean, render_problem, syntax_problem
from gazepress.theme import THEME
from gazepress.words import NO_WORDS, OwnWords

RenderHtml = Callable[[Page], Checked[bytes | None]]

SITE = "templates/"
"""What the path of a template of the site, and of the theme, starts with."""

_OWN_NAME = "theme/"
_TAGS = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class Theme(Struct, frozen=True):
    """All templates: path, as messages name it → source. Those of the site start with ``templates/``.

    ``codes`` are those that were compiled before, in the form that ``compiled`` gives them.
    """

    templates: Mapping[str, str]
    codes: Mapping[str, bytes] = {}

    def find(self, name: str) -> str | None:
        """Return the path of the template that ``name`` stands for.

        The site's comes before the theme's, but ``theme/NAME`` is the theme's own, whatever the site has.
        """
        paths = (SITE + name, THEME + name.removeprefix(_OWN_NAME))
        order = reversed(paths) if name.startswith(_OWN_NAME) else paths
        return next((path for path in order if path in self.templates), None)

    def names(self) -> Iterator[str]:
        """Yield the names by which templates can be found."""
        for path in self.templates:
            yield path.removeprefix(SITE).removeprefix(THEME)
            if path.startswith(THEME):
                yield _OWN_NAME + path.removeprefix(THEME)


def read_theme(site_templates: Mapping[str, str], codes: Mapping[str, bytes] | None = None) -> Theme:
    """Return the built-in theme with the site's own templates: name below ``templates/`` → source."""
    root = built_in_theme.TEMPLATES
    built_in = {THEME + file.relative_to(root).as_posix(): file.read_text("utf-8") for file in root.rglob("*.html")}
    own = {SITE + name: source for name, source in site_templates.items()}
    return Theme({**dict(sorted(own.items())), **dict(sorted(built_in.items()))}, codes or {})


def check_templates(theme: Theme) -> tuple[Diagnostic, ...]:
    """Return what is wrong with templates before any page is drawn: syntax, and names of templates that are not there.

    A name that is only known when a page is drawn (``{% include article.kind ~ ".html" %}``) cannot be checked here.
    """
    problems: list[Diagnostic] = []
    parents: dict[str, tuple[str, int]] = {}
    for path, source in theme.templates.items():
        try:
            compile_template(path, source)
            tree = parse_template(path, source)
        except Exception as error:  # noqa: BLE001 - the compiler may also raise RecursionError, SyntaxError, MemoryError
            problems.append(syntax_problem(error, path))
            continue
        for node in tree.find_all(_TAGS):
            names = tuple(_constant_names(node))
            found = next(filter(None, map(theme.find, names)), None)
            if names and found is None:
                problems.append(_missing(theme, path, node.lineno, names[0]))
            elif found and isinstance(node, nodes.Extends):
                parents[path] = (found, node.lineno)
    return (*problems, *_circles(parents))


def closures(theme: Theme) -> dict[str, tuple[str, ...]]:
    """Return for each page's template the paths of all templates that its bytes can depend on, itself among them.

    Where a name is only known when a page is drawn, these are all templates.
    """
    needs = {path: _needs(theme, path) for path in theme.templates}
    found: dict[str, tuple[str, ...]] = {}
    for name in TEMPLATES:
        reached: dict[str, None] = {}
        pending = [path for path in (theme.find(name),) if path]
        while pending:
            path = pending.pop()
            if path not in reached:
                reached[path] = None
                pending += needs[path]
        found[name] = tuple(sorted(reached))
    return found


def compiled(theme: Theme) -> dict[str, bytes]:
    """Return the code of all templates that have no fault, for another run of the same program (Python's marshal)."""
    found: dict[str, bytes] = {}
    for path, source in theme.templates.items():
        with suppress(Exception):  # it is broken, and told of by check_templates
            found[path] = marshal.dumps(compile_template(path, source))
    return found


def make_renderer(theme: Theme, language: str, timezone: str, own: OwnWords = NO_WORDS) -> RenderHtml:
    """Return the function that draws a page as HTML in UTF-8.

    Templates get the fields of the output's view by name, and nothing else. ``language`` is that of dates and words
    where a page says none; ``timezone`` that of times written without an offset; ``own`` are the publication's words.
    Whatever goes wrong in a template is a diagnostic.
    """
    filters = make_filters(language, ZoneInfo(timezone), own)
    environment = make_environment(theme.templates, theme.codes, theme.find, filters)

    def render(output: Page) -> Checked[bytes | None]:
        name, view = output.template, output.view
        try:
            template = environment.get_template(name)
            text = template.render({field: getattr(view, field) for field in view.__struct_fields__})
        except Exception as error:  # noqa: BLE001 - a publication's template may do anything; it must not end the build
            return Checked(None, (render_problem(error, output, theme.templates, tuple(theme.names())),))
        return Checked(text.encode(errors="replace"))  # YAML can write half of a surrogate pair; UTF-8 cannot

    return render


def _needs(theme: Theme, path: str) -> tuple[str, ...]:
    """Return the paths of the templates that one template names; all of them if it cannot be told."""
    try:
        tree = parse_template(path, theme.templates[path])
        named = [_names(node) for node in tree.find_all(_TAGS)]
    except Exception:  # noqa: BLE001 - it is broken, and told of by check_templates
        return tuple(theme.templates)
    if any(names is None for names in named):
        return tuple(theme.templates)
    return tuple(filter(None, (theme.find(name) for names in named for name in names or ())))


def _constant_names(node: nodes.Node) -> Iterator[str]:
    """Yield the names of templates in a tag; none where a template may be missing or a name is not yet known."""
    if not getattr(node, "ignore_missing", False):
        yield from _names(node) or ()


def _names(node: nodes.Node) -> tuple[str, ...] | None:
    """Return the names of templates in a tag, None where they are only known when a page is drawn."""
    try:
        value = node.template.as_const()  # type: ignore[attr-defined]  # all four tags have it
    except nodes.Impossible:
        return None
    names = (value,) if isinstance(value, str) else value
    known = isinstance(names, list | tuple) and all(isinstance(name, str) for name in names)
    return tuple(names) if known else None


def _missing(theme: Theme, path: str, line: int, name: str) -> Diagnostic:
    hint = did_you_mean(name, tuple(theme.names()))
    return problem("template-missing", f"there is no template {name!r}", path=path, line=line, hint=hint)


def _circles(parents: Mapping[str, tuple[str, int]]) -> Iterator[Diagnostic]:
    """Yield a problem for each template that extends itself, be it by way of others."""
    for path, (parent, line) in parents.items():
        above = [parent]
        while above[-1] in parents and above[-1] not in (path, *above[:-1]):
            above.append(parents[above[-1]][0])
        if above[-1] == path:
            name = path.removeprefix(SITE)
            hint = f'to extend the theme\'s own, write {{% extends "{_OWN_NAME}{name}" %}}'
            yield problem("template-syntax", "this template extends itself", path=path, line=line, hint=hint)
