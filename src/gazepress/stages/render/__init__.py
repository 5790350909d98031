"""One output becomes its bytes: a pure function of the output and the theme. The one place that knows all kinds."""

from collections.abc import Callable, Collection

from gazepress.diagnostics import Checked
from gazepress.feed_formats import FeedFormat
from gazepress.feed_views import FeedView
from gazepress.model import Data, Feed, Output, Page, Rendered, Text
from gazepress.settings import Settings
from gazepress.stages.render.data import write_json
from gazepress.stages.render.feed import render_feed
from gazepress.stages.render.html import make_renderer
from gazepress.stages.render.json_feed import render_json_feed
from gazepress.stages.render.templates import Theme

Render = Callable[[Output, str | None], Checked[Rendered | None]]
"""What draws an output; of a page the text of the block ``main`` may be known already."""


def make_render(theme: Theme, settings: Settings, mains: Collection[str]) -> Render:
    """Return the function that renders outputs with ``theme``.

    ``mains`` are the templates whose pages tell where their block ``main`` stands.
    """
    render_html = make_renderer(theme, settings.language, settings.timezone, settings.words, mains)

    def render(output: Output, main: str | None) -> Checked[Rendered | None]:
        match output:
            case Page():
                return render_html(output, main)
            case Feed(view=view):
                data = _write_feed(view)
            case Data(document=document):
                data = write_json(document)
            case Text(text=text):
                data = text.encode()
        return Checked(Rendered(data))

    return render


def _write_feed(view: FeedView) -> bytes:
    return render_json_feed(view) if view.format is FeedFormat.JSON else render_feed(view)
