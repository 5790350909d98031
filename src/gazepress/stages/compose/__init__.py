"""An outline becomes the view that a template gets: a pure function of the outline, the frame and what it shows."""

from collections.abc import Callable

from gazepress.model import Data, Feed, Index, Output, Page, Plan, Planned, Text
from gazepress.outlines import (
    ArticleOutline,
    AuthorOutline,
    CopyOutline,
    CorrectionsOutline,
    DataOutline,
    DirectoryOutline,
    FeedOutline,
    FeedsOutline,
    GoneOutline,
    HomeOutline,
    ImageOutline,
    IndexOutline,
    ListOutline,
    NotFoundOutline,
    PageOutline,
    RedirectOutline,
    SearchOutline,
    ShareOutline,
    StandingOutline,
    StorylineOutline,
    TextOutline,
    shows,
    template_of,
)
from gazepress.page_views import PageView
from gazepress.stages.compose.articles import article_page, gone_page, redirect_page, standing_page
from gazepress.stages.compose.feeds import feed_view, feeds_page
from gazepress.stages.compose.lists import (
    author_page,
    corrections_page,
    directory_page,
    home_page,
    list_page,
    not_found_page,
    storyline_page,
)
from gazepress.stages.compose.partners import partner_document
from gazepress.stages.compose.search import search_index, search_page
from gazepress.stages.compose.shelf import ReadText, Shelf, make_shelves

Compose = Callable[[Planned], Output | Index]


def make_compose(plan: Plan, read: ReadText) -> Compose:
    """Return the function that makes the outputs of ``plan`` ready for rendering; ``read`` gives parsed texts.

    Copies have nothing to be made ready: publish takes over their file.
    """
    shelf_for = make_shelves(plan, read)

    def compose(planned: Planned) -> Output | Index:
        url, outline, sources = planned.url, planned.outline, planned.sources
        match outline:
            case TextOutline(text=text):
                return Text(url, text, sources)
            case FeedOutline():
                return Feed(url, feed_view(shelf_for(shows(outline)), url, outline), sources)
            case DataOutline():
                return Data(url, partner_document(shelf_for(shows(outline)), url, outline), sources)
            case IndexOutline():
                return search_index(shelf_for(shows(outline)), url, outline)
            case ImageOutline() | ShareOutline() | CopyOutline():
                raise AssertionError(f"{url} has no view")
            case _:
                return Page(url, template_of(outline), _page(shelf_for(shows(outline)), url, outline), sources)

    return compose


def _page(shelf: Shelf, path: str, outline: PageOutline) -> PageView:  # noqa: C901, PLR0911, PLR0912 - one for each kind of page
    match outline:
        case ArticleOutline():
            return article_page(shelf, path, outline)
        case StandingOutline():
            return standing_page(shelf, path, outline)
        case HomeOutline():
            return home_page(shelf, path, outline)
        case ListOutline():
            return list_page(shelf, path, outline)
        case AuthorOutline():
            return author_page(shelf, path, outline)
        case StorylineOutline():
            return storyline_page(shelf, path, outline)
        case DirectoryOutline():
            return directory_page(shelf, path, outline)
        case NotFoundOutline():
            return not_found_page(shelf, path, outline)
        case CorrectionsOutline():
            return corrections_page(shelf, path, outline)
        case SearchOutline():
            return search_page(shelf, path, outline)
        case FeedsOutline():
            return feeds_page(shelf, path, outline)
        case RedirectOutline():
            return redirect_page(shelf, outline)
        case GoneOutline():
            return gone_page(shelf, path, outline)
