"""How Jinja is set up: all that is printed is escaped, no wrong name is silently empty, nothing is random, and fast."""

import html
import marshal
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import UTC
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound, nodes
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from gazepress.stages.render.code import BlockwiseGenerator
from gazepress.stages.render.filters import make_filters
from gazepress.stages.render.template_errors import FieldUndefined
from gazepress.views import Byline, Card, SiteView

Find = Callable[[str], str | None]
"""The path of the template that a name stands for, None if there is none."""

_TEMPLATES_REMEMBERED = 1024
_CALLS_REMEMBERED = 16_384
_UNCHANGING = frozenset((int, bool, type(None)))
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
    environment = _Environment(
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


class _Context(Context):
    """Jinja's context. Macros are drawn at once; Jinja asks of each call anew what kind of thing it calls."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *arguments: Any,  # noqa: ANN401 - Jinja's own
        _block_vars: Mapping[str, Any] | None = None,
        _loop_vars: Mapping[str, Any] | None = None,
        **options: Any,  # noqa: ANN401 - Jinja's own
    ) -> Any:  # noqa: ANN401 - Jinja's own
        if type(called) is _RememberingMacro:
            return called.draw(self.eval_ctx, arguments, options)
        return super().call(called, *arguments, _block_vars=_block_vars, _loop_vars=_loop_vars, **options)


class KnownBlock:
    """A block whose text is known before the page is drawn, or once it has been."""

    def __init__(self, name: str, text: str | None) -> None:
        self.name = name
        self.text = text
        self.times = 0

    def draw(self, context: Context) -> Iterator[str]:
        """Yield the text, for Jinja, which takes this for the first of the blocks of that name."""
        self.times += 1
        if self.text is None:
            self.text = "".join(context.blocks[self.name][1](context))
        yield self.text


class PageTemplate(Template):
    """Jinja's template. Jinja asks at each import whether the page has globals of its own; here all have the same."""

    def draw(self, fields: Mapping[str, Any], block: KnownBlock) -> str:
        """Return the page of a view. ``block`` stands for one of its blocks, and gives its text or gets to know it.

        This must be a block that is filled: Jinja tells one that is not by how many there are of its name.
        """
        context = self.new_context(dict(fields))
        context.blocks.setdefault(block.name, []).insert(0, block.draw)
        try:
            return self.environment.concat(self.root_render_func(context))
        except Exception:  # noqa: BLE001 - as Jinja does: this raises it again, with lines of templates
            self.environment.handle_exception()

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002 - Jinja's own name
        if self._module is None:
            self._module = self.make_module()
        return self._module


class _Environment(Environment):
    """Jinja's environment. A name stands for one template as long as this lives, so it is looked for once."""

    context_class = _Context
    template_class = PageTemplate
    code_generator_class = BlockwiseGenerator

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's own business
        super().__init__(**options)
        self._found: dict[str | Template, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's own name
    ) -> Template:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent, globals)
        return found


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
    if kind is str:
        if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
            return html.escape(value)
        return value  # type: ignore[no-any-return]  # most have none of them, and to look is faster than to replace
    return value if kind is Markup else escape(value)  # Markup is a str, marked as safe


class _RememberingMacro(Macro):
    """A macro that remembers what it made of records that many pages share, and of plain values.

    The same cards, masthead and footer stand on many pages. This is sound because a macro sees nothing of the page but
    its arguments: one that is imported has no page around it, and one that is defined in a page's own template, or
    imported ``with context``, is made anew for each page. A shared record is known by its identity, which costs less
    than the drawing of a small card; what is remembered keeps it alive, so that no other record can take its place.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Jinja's own business
        super().__init__(*arguments, **options)
        self.known: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def draw(self, asked: EvalContext, arguments: tuple[Any, ...], options: dict[str, Any]) -> str:
        """Return what the macro makes of arguments without names and with names, in the context that asks."""
        key: list[Any] = [asked.autoescape, (*options,)]
        for one in (*arguments, *options.values()) if options else arguments:
            kind = type(one)
            if kind is str:
                key.append(one)
            elif kind in _SHARED:
                key.append(id(one))
            elif kind in _UNCHANGING:  # with its kind, since True is 1
                key += (kind, one)
            else:
                return self(asked, *arguments, **options)
        name = tuple(key)
        known = self.known.get(name)
        if known is not None:
            return known[0]  # type: ignore[no-any-return]  # the rest is what it keeps alive
        made = self(asked, *arguments, **options)
        if len(self.known) < _CALLS_REMEMBERED:
            self.known[name] = made, arguments, *options.values()
        return made
