"""A page becomes HTML: its view, drawn by the site's template of that name or else by the theme's."""

from collections.abc import Callable, Collection
from zoneinfo import ZoneInfo

from gazepress.diagnostics import Checked
from gazepress.model import Page, Rendered
from gazepress.stages.render.environment import KnownBlock, PageTemplate, make_environment
from gazepress.stages.render.filters import make_filters
from gazepress.stages.render.reach import MAIN
from gazepress.stages.render.template_errors import render_problem
from gazepress.stages.render.templates import Theme
from gazepress.words import NO_WORDS, OwnWords

_OPENING = 100  # bytes

RenderHtml = Callable[[Page, str | None], Checked[Rendered | None]]


def make_renderer(
    theme: Theme, language: str, timezone: str, own: OwnWords = NO_WORDS, mains: Collection[str] = ()
) -> RenderHtml:
    """Return the function that draws a page as HTML in UTF-8, with the text of its block ``main`` where that is known.

    Templates get the fields of the output's view by name, and nothing else. ``language`` is that of dates and words
    where a page says none; ``timezone`` that of times written without an offset; ``own`` are the publication's words;
    ``mains`` the templates whose pages tell where that block stands, which must be able to: see main_closures.
    Whatever goes wrong in a template is a diagnostic.
    """
    filters = make_filters(language, ZoneInfo(timezone), own)
    codes = {path: template.code for path, template in theme.known.items()}
    environment = make_environment(theme.templates, codes, theme.find, filters)

    def render(output: Page, main: str | None) -> Checked[Rendered | None]:
        name, view = output.template, output.view
        fields = {field: getattr(view, field) for field in view.__struct_fields__}
        block = KnownBlock(MAIN, main)
        try:
            template = environment.get_template(name)
            assert isinstance(template, PageTemplate)
            text = template.draw(fields, block) if name in mains else template.render(fields)
        except Exception as error:  # noqa: BLE001 - a publication's template may do anything; it must not end the build
            return Checked(None, (render_problem(error, output, theme.templates, tuple(theme.names())),))
        data = _encode(text)
        return Checked(Rendered(data, _place(data, _encode(block.text)) if block.text and block.times == 1 else None))

    return render


def _encode(text: str) -> bytes:
    return text.encode(errors="replace")  # YAML can write half of a surrogate pair; UTF-8 cannot


def _place(page: bytes, part: bytes) -> tuple[int, int] | None:
    """Return where a part of a page stands in its bytes: its start, and its length."""
    opening = part[:_OPENING]  # to look for all of it would take ten times as long
    at = page.find(opening)
    while at >= 0 and not page.startswith(part, at):
        at = page.find(opening, at + 1)
    return None if at < 0 else (at, len(part))
