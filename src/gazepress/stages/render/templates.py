"""The templates of a site as a whole: which there are, what is wrong with them, and which ones a page depends on."""

import marshal
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from gazepress import theme as built_in_theme
from gazepress.diagnostics import Diagnostic, problem
from gazepress.model import Template
from gazepress.page_views import TEMPLATES
from gazepress.stages.render.environment import compile_template, parse_template
from gazepress.stages.render.reach import main_reach, names_of, parts_of, tags_of, targets
from gazepress.stages.render.template_errors import did_you_mean, syntax_problem
from gazepress.theme import THEME

SITE = "templates/"
"""What the path of a template of the site, and of the theme, starts with."""

_OWN_NAME = "theme/"
_REMEMBERED = 1024


class Theme(Struct, frozen=True):
    """All templates: path, as messages name it → source. Those of the site start with ``templates/``.

    ``known`` are those that were examined before.
    """

    templates: Mapping[str, str]
    known: Mapping[str, Template] = {}

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

    def examined(self) -> dict[str, Template]:
        """Return what every template says by itself, by path."""
        return {path: self.known.get(path) or _examine(path, source) for path, source in self.templates.items()}


def read_theme(site_templates: Mapping[str, str], known: Mapping[str, Template] | None = None) -> Theme:
    """Return the built-in theme with the site's own templates: name below ``templates/`` → source.

    ``known`` are templates that were examined before, by path.
    """
    root = built_in_theme.TEMPLATES
    built_in = {THEME + file.relative_to(root).as_posix(): file.read_text("utf-8") for file in root.rglob("*.html")}
    own = {SITE + name: source for name, source in site_templates.items()}
    return Theme({**dict(sorted(own.items())), **dict(sorted(built_in.items()))}, known or {})


def check_templates(theme: Theme) -> tuple[Diagnostic, ...]:
    """Return what is wrong with templates before any page is drawn: syntax, and names of templates that are not there.

    A name that is only known when a page is drawn (``{% include article.kind ~ ".html" %}``) cannot be checked here.
    """
    problems: list[Diagnostic] = []
    parents: dict[str, tuple[str, int]] = {}
    for path, template in theme.examined().items():
        if template.fault:
            problems.append(template.fault)
        for tag in template.tags:
            names = tag.names or ()
            found = next(filter(None, map(theme.find, names)), None)
            if found is None and names and tag.must_be_there:
                problems.append(_missing(theme, path, tag.line, names[0]))
            elif found and tag.extends:
                parents[path] = (found, tag.line)
    return (*problems, *_circles(parents))


def closures(theme: Theme) -> dict[str, tuple[str, ...]]:
    """Return for each page's template the paths of all templates that its bytes can depend on, itself among them.

    Where a name is only known when a page is drawn, these are all templates.
    """
    needs = _needs(theme, theme.examined())
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


def main_closures(theme: Theme) -> dict[str, tuple[str, ...]]:
    """Return for each page's template the paths of all templates that the text of its block ``main`` can depend on.

    Those whose block cannot be told from the rest of the page are left out.
    """
    templates = theme.examined()
    needs = _needs(theme, templates)
    found = ((name, theme.find(name)) for name in TEMPLATES)
    reaches = ((name, main_reach(path, templates, needs, theme.find)) for name, path in found if path)
    return {name: reach for name, reach in reaches if reach}


@lru_cache(maxsize=_REMEMBERED)
def _examine(path: str, source: str) -> Template:
    """Return what there is to know of a template without any other."""
    try:
        tree = parse_template(path, source)
        code = marshal.dumps(compile_template(path, source))
        return Template(tags_of(tree), names_of(tree), parts_of(tree), code)
    except Exception as error:  # noqa: BLE001 - the compiler may also raise RecursionError, SyntaxError, MemoryError
        return Template(fault=syntax_problem(error, path))


def _needs(theme: Theme, templates: Mapping[str, Template]) -> dict[str, tuple[str, ...]]:
    """Return for each template the paths of those that it names; for a broken one of all."""
    found: dict[str, tuple[str, ...]] = {}
    for path, one in templates.items():
        named = (at for tag in one.tags for at in targets(tag, templates, theme.find))
        found[path] = tuple(templates) if one.fault else tuple(named)
    return found


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
