"""The views of pages that list articles: front page, sections, tags, authors, archive, storylines, the 404."""

from gazepress.matter import AuthorMatter
from gazepress.outlines import (
    AuthorOutline,
    CorrectionsOutline,
    DirectoryOutline,
    HomeOutline,
    ListOutline,
    NotFoundOutline,
    StorylineOutline,
)
from gazepress.page_views import (
    AuthorPage,
    CorrectionsPage,
    DirectoryPage,
    HomePage,
    ListPage,
    NotedArticle,
    NotFoundPage,
    StorylinePage,
)
from gazepress.stages.compose.body import page_body
from gazepress.stages.compose.head import make_head
from gazepress.stages.compose.shelf import Shelf
from gazepress.stages.compose.structured_data import collection_data, profile_data, storyline_data, website_data
from gazepress.views import AuthorView, CorrectionView, FrontSlot, PagerView, SectionFront, SourceView, StorylineFront


def home_page(shelf: Shelf, path: str, outline: HomeOutline) -> HomePage:
    """Return the view of the front page."""
    site = shelf.frame.view
    head = make_head(shelf.frame, path, site.title, data=(website_data(shelf.frame),))
    cards = shelf.cards_of
    return HomePage(
        site=site,
        head=head,
        lead=shelf.cards[outline.lead] if outline.lead else None,
        top=cards(outline.top),
        slots=tuple(FrontSlot(slot.title, cards(slot.articles)) for slot in outline.slots),
        storylines=tuple(
            StorylineFront(story.title, story.url, cards(story.articles), story.count) for story in outline.storylines
        ),
        opinion=cards(outline.opinion),
        sections=tuple(SectionFront(front.title, front.url, cards(front.articles)) for front in outline.sections),
        latest=cards(outline.latest),
        blocks=outline.blocks,
        pager=outline.pager,
    )


def list_page(shelf: Shelf, path: str, outline: ListOutline) -> ListPage:
    """Return the view of a page of a section, a tag, the archive or all articles."""
    title = _numbered(shelf, outline.title, outline.pager)
    lead, cards = shelf.cards[outline.lead] if outline.lead else None, shelf.cards_of(outline.articles)
    shown = (lead, *cards) if lead else cards
    data = collection_data(shelf.frame, path, title, outline.description, shown)
    head = make_head(
        shelf.frame,
        path,
        title,
        description=outline.description,
        trail=outline.trail,
        feeds=outline.feeds,
        data=(data,),
    )
    return ListPage(
        site=shelf.frame.view,
        head=head,
        title=outline.title,
        description=outline.description,
        cards=cards,
        pager=outline.pager,
        count=outline.count,
        lead=lead,
    )


def author_page(shelf: Shelf, path: str, outline: AuthorOutline) -> AuthorPage:
    """Return the view of a page of an author."""
    byline = shelf.bylines[outline.slug]
    title = _numbered(shelf, byline.name, outline.pager)
    text = shelf.texts[outline.id] if outline.id else None
    matter = text.document.matter if text else None
    author = AuthorView(
        name=byline.name,
        role=byline.role,
        summary=byline.summary,
        body=page_body(shelf, text, outline.leads) if text else (),
        picture=byline.picture,
        links=tuple(SourceView(link.name, link.url) for link in matter.links)
        if isinstance(matter, AuthorMatter)
        else (),
    )
    cards = shelf.cards_of(outline.articles)
    data = profile_data(shelf.frame, path, byline, author)
    head = make_head(
        shelf.frame,
        path,
        title,
        description=byline.summary,
        trail=outline.trail,
        feeds=outline.feeds,
        data=(data,),
    )
    return AuthorPage(shelf.frame.view, head, author, cards, outline.pager, outline.count)


def storyline_page(shelf: Shelf, path: str, outline: StorylineOutline) -> StorylinePage:
    """Return the view of a storyline."""
    cards = shelf.cards_of(outline.articles)
    data = storyline_data(shelf.frame, path, outline.title, cards)
    head = make_head(shelf.frame, path, outline.title, trail=outline.trail, feeds=outline.feeds, data=(data,))
    return StorylinePage(shelf.frame.view, head, outline.title, cards)


def directory_page(shelf: Shelf, path: str, outline: DirectoryOutline) -> DirectoryPage:
    """Return the view of an overview."""
    return DirectoryPage(shelf.frame.view, make_head(shelf.frame, path, outline.title), outline.title, outline.groups)


def corrections_page(shelf: Shelf, path: str, outline: CorrectionsOutline) -> CorrectionsPage:
    """Return the view of a page of all notes on articles."""
    text = shelf.texts[outline.id] if outline.id else None
    title = _numbered(shelf, outline.title, outline.pager)
    about = text.document.summary if text else shelf.words.say("corrections-what")
    head = make_head(shelf.frame, path, title, description=about, feeds=outline.feeds)
    notes = tuple(
        NotedArticle(shelf.cards[article], CorrectionView(shelf.frame.local(note.date), note.text, note.kind))
        for article, note in zip(outline.articles, outline.notes, strict=True)
    )
    body = page_body(shelf, text, outline.leads) if text else ()
    return CorrectionsPage(
        shelf.frame.view, head, outline.title, notes, outline.pager, body, outline.held, outline.lang
    )


def not_found_page(shelf: Shelf, path: str, outline: NotFoundOutline) -> NotFoundPage:
    """Return the view of the page for unknown addresses."""
    head = make_head(shelf.frame, path, shelf.words.say("not-found-title"), index=False)
    return NotFoundPage(shelf.frame.view, head, shelf.cards_of(outline.articles))


def _numbered(shelf: Shelf, title: str, pager: PagerView) -> str:
    return shelf.words.say("numbered-title", title=title, number=pager.number) if pager.number else title
