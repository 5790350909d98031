"""How Jinja is set up: all that is printed is escaped, no wrong name is silently empty, nothing is random, and fast."""

import html
import marshal
from collections.abc import Callable, Mapping
from datetime import UTC
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound, nodes
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from gazepress.stages.render.filters import make_filters
from gazepress.stages.render.template_errors import FieldUndefined
from gazepress.views import Byline, Card, SiteView

Find = Callable[[str], str | None]
"""The path of the template that a name stands for, None if there is none."""

_TEMPLATES_REMEMBERED = 1024
_CALLS_REMEMBERED = 16_384
_UNCHANGING = frozenset((str, int, bool, type(None), type(missing)))
_SHARED = frozenset((Byline, Card, SiteView))


def make_environment(
    templates: Mapping[str, str], codes: Mapping[str, bytes], find: Find, filters: Mapping[str, Callable[..., str]]
) -> Environment:
    """Return Jinja for templates (path → source), with ``filters`` besides its own.

    ``codes`` are those of them that were compiled before, as marshal writes them.
    """
    environment = _environment(filters)
    environment.loader = _Loader(templates, codes, find)
    return environment


@lru_cache(maxsize=_TEMPLATES_REMEMBERED)
def compile_template(path: str, source: str) -> CodeType:
    """Return the code of a template, which any environment made here can run: it asks for filters by name.

    Raises TemplateSyntaxError, and whatever Python makes of code that is nested too deeply.
    """
    return _compiler().compile(parse_template(path, source), path, path)


@lru_cache(maxsize=_TEMPLATES_REMEMBERED)
def parse_template(path: str, source: str) -> nodes.Template:
    """Return the syntax tree of a template. Raises TemplateSyntaxError."""
    return _compiler().parse(source, path, path)


@lru_cache(maxsize=1)
def _compiler() -> Environment:
    return _environment(make_filters("en", UTC))


def _environment(filters: Mapping[str, Callable[..., str]]) -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=FieldUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    del environment.globals["lipsum"], environment.filters["random"]
    environment.filters.update(filters)
    return environment


class _Loader(BaseLoader):
    """Jinja's way to the templates, and the place where the code of a template gets its faster parts."""

    def __init__(self, templates: Mapping[str, str], codes: Mapping[str, bytes], find: Find) -> None:
        self.templates = templates
        self.codes = codes
        self.find = find

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002, ANN401, ARG002 - Jinja's
        path = self.find(name)
        if path is None:
            raise TemplateNotFound(name)
        known = self.codes.get(path)
        code = marshal.loads(known) if known else compile_template(path, self.templates[path])  # noqa: S302 - our own
        template = environment.template_class.from_code(environment, code, environment.globals)  # a dict: fast to copy
        template.root_render_func.__globals__.update(escape=_escape_output, Macro=_RememberingMacro)
        return template


def _escape_output(value: Any) -> str:  # noqa: ANN401 - a template may print anything
    """Return what a template prints, escaped.

    Jinja's own function does the same and wraps the result as Markup. That takes most of its time, and is not needed
    where the text is joined to the page at once.
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # it is a str, marked as safe
    return html.escape(value) if kind is str else escape(value)


class _RememberingMacro(Macro):
    """A macro that remembers what it made of records that many pages share, and of plain values.

    The same cards, masthead and footer stand on many pages. This is sound because a macro sees nothing of the page but
    its arguments: one that is imported has no page around it, and one that is defined in a page's own template, or
    imported ``with context``, is made anew for each page. A shared record is known by its identity, which costs less
    than the drawing of a small card; what is remembered keeps it alive, so that no other record can take its place.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Jinja's own business
        super().__init__(*arguments, **options)
        self.known: dict[tuple[Any, ...], tuple[str, Any]] = {}

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:  # noqa: FBT001 - Jinja's signature
        key: list[Any] = [autoescape]
        for one in arguments:
            kind = type(one)
            if kind in _SHARED:
                key.append(id(one))
            elif kind in _UNCHANGING:
                key += (kind, one)
            else:
                return super()._invoke(arguments, autoescape)
        known = self.known.get(tuple(key))
        if known is not None:
            return known[0]
        made = super()._invoke(arguments, autoescape)
        if len(self.known) < _CALLS_REMEMBERED:
            self.known[tuple(key)] = made, arguments
        return made
