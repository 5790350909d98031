"""A page becomes HTML: its view, drawn by the site's template of that name or else by the theme's."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from gazepress.diagnostics import Checked
from gazepress.model import Page
from gazepress.stages.render.environment import make_environment
from gazepress.stages.render.filters import make_filters
from gazepress.stages.render.template_errors import render_problem
from gazepress.stages.render.templates import Theme
from gazepress.words import NO_WORDS, OwnWords

RenderHtml = Callable[[Page], Checked[bytes | None]]


def make_renderer(theme: Theme, language: str, timezone: str, own: OwnWords = NO_WORDS) -> RenderHtml:
    """Return the function that draws a page as HTML in UTF-8.

    Templates get the fields of the output's view by name, and nothing else. ``language`` is that of dates and words
    where a page says none; ``timezone`` that of times written without an offset; ``own`` are the publication's words.
    Whatever goes wrong in a template is a diagnostic.
    """
    filters = make_filters(language, ZoneInfo(timezone), own)
    codes = {path: template.code for path, template in theme.known.items()}
    environment = make_environment(theme.templates, codes, theme.find, filters)

    def render(output: Page) -> Checked[bytes | None]:
        name, view = output.template, output.view
        try:
            template = environment.get_template(name)
            text = template.render({field: getattr(view, field) for field in view.__struct_fields__})
        except Exception as error:  # noqa: BLE001 - a publication's template may do anything; it must not end the build
            return Checked(None, (render_problem(error, output, theme.templates, tuple(theme.names())),))
        return Checked(text.encode(errors="replace"))  # YAML can write half of a surrogate pair; UTF-8 cannot

    return render
