"""The views of texts: articles and standing pages, and what stands at their old addresses."""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from gazepress.documents import IN_FRONT_MATTER
from gazepress.matter import FrontMatter, PageMatter
from gazepress.outlines import ArticleOutline, Frame, GoneOutline, RedirectOutline, StandingOutline, StoryOutline
from gazepress.page_views import ArticlePage, GonePage, Head, RedirectPage, StandingPage
from gazepress.stages.compose.body import page_body
from gazepress.stages.compose.head import in_language, make_head, page_policy, translated
from gazepress.stages.compose.shelf import Shelf
from gazepress.stages.compose.structured_data import article_data
from gazepress.urls import ninjs_path, oembed_path
from gazepress.views import (
    ArticleView,
    Card,
    CorrectionView,
    HeadingView,
    Link,
    SourceView,
    StorylineBox,
    Translation,
)
from gazepress.words import language_name

_WORDS_A_MINUTE = 230


def article_page(shelf: Shelf, path: str, outline: ArticleOutline) -> ArticlePage:
    """Return the view of an article's page."""
    frame, card, matter = shelf.frame, shelf.cards[outline.id], shelf.texts[outline.id].document.matter
    assert isinstance(matter, FrontMatter)
    article = _article_view(shelf, outline)
    head = make_head(
        frame,
        path,
        article.title,
        description=article.summary,
        trail=(article.section,) if article.section else (),
        feeds=outline.feeds,
        data=(article_data(frame, article, outline.cuts, shelf.cards_of(_mentioned(shelf, outline))),),
    )
    head = replace(
        in_language(head, article.lang),
        kind="article",
        section=article.section.title if article.section else "",
        tags=tuple(tag.title for tag in article.tags),
        authors=tuple(Link(author.name, frame.full(author.url)) for author in article.authors),
        picture=_shared_picture(frame, outline, card),
        picture_alt=card.picture.alt if card.picture else article.title,
        picture_width=outline.share.width if outline.share else 0,
        picture_height=outline.share.height if outline.share else 0,
        published=article.published,
        updated=_local(shelf, matter.changed),
        ninjs=frame.absolute(ninjs_path(path)) if frame.partners.ninjs else "",
        oembed=frame.absolute(oembed_path(path)) if frame.partners.oembed and not matter.retracted else "",
    )
    return ArticlePage(frame.view, translated(head, frame, shelf.cards_of(outline.translations)), article)


def standing_page(shelf: Shelf, path: str, outline: StandingOutline) -> StandingPage:
    """Return the view of a standing page."""
    text = shelf.texts[outline.id]
    matter = text.document.matter
    assert isinstance(matter, PageMatter)
    head = make_head(shelf.frame, path, matter.title, description=text.document.summary)
    return StandingPage(
        site=shelf.frame.view,
        head=in_language(head, matter.lang or head.lang),
        title=matter.title,
        body=page_body(shelf, text, outline.leads),
        held=outline.held,
        extra=matter.extra,
    )


def redirect_page(shelf: Shelf, outline: RedirectOutline) -> RedirectPage:
    """Return the view of an old address."""
    site, target = shelf.frame.view, Link(outline.title, outline.target)
    head = Head(
        target.title,
        site.description,
        target.url,
        outline.lang,
        "website",
        index=False,
        policy=page_policy(shelf.frame),
    )
    return RedirectPage(site, head, target)


def gone_page(shelf: Shelf, path: str, outline: GoneOutline) -> GonePage:
    """Return the view of the address of an article that was taken down: nothing of the article is in it."""
    head = make_head(shelf.frame, path, outline.title, description=outline.text, index=False)
    return GonePage(shelf.frame.view, in_language(head, outline.lang), outline.text)


def _mentioned(shelf: Shelf, outline: ArticleOutline) -> Iterator[str]:
    """Yield the articles that the words of the text lead to, each once, but for itself and those that it continues."""
    told = {outline.id, *(outline.storyline.earlier if outline.storyline else ())}
    for ref, lead in zip(shelf.texts[outline.id].document.refs, outline.leads, strict=True):
        if lead and lead.article and lead.article not in told and ref.kind not in IN_FRONT_MATTER:
            told.add(lead.article)
            yield lead.article


def _shared_picture(frame: Frame, outline: ArticleOutline, card: Card) -> str:
    """Return the full address of the picture beside links to an article."""
    if outline.share:
        return frame.full(outline.share.url)
    return frame.full(card.picture.url) if card.picture else ""


def _article_view(shelf: Shelf, outline: ArticleOutline) -> ArticleView:
    frame, card, text = shelf.frame, shelf.cards[outline.id], shelf.texts[outline.id]
    matter, body = text.document.matter, text.body
    assert isinstance(matter, FrontMatter)
    notes = sorted(matter.corrections, key=lambda note: note.date.timestamp(), reverse=True)
    return ArticleView(
        url=card.url,
        permalink=frame.full(card.url),
        title=card.title,
        summary=card.summary,
        kind=card.kind,
        published=card.date,
        lang=matter.lang or frame.view.language,
        body=page_body(shelf, text, outline.leads),
        words=body.words,
        standfirst=matter.summary,
        minutes=max(1, round(body.words / _WORDS_A_MINUTE)),
        updated=_local(shelf, matter.updated),
        dateline=matter.dateline,
        section=card.section,
        tags=outline.tags,
        authors=tuple(map(shelf.bylines.__getitem__, outline.authors)),
        picture=card.picture,
        headings=tuple(HeadingView(one.level, one.text, f"#{one.id}") for one in body.headings),
        sources=tuple(SourceView(source.name, source.url) for source in matter.sources),
        corrections=tuple(CorrectionView(frame.local(note.date), note.text, note.kind.value) for note in notes),
        storyline=_storyline_box(shelf, outline.storyline),
        backlinks=shelf.cards_of(outline.backlinks),
        related=shelf.cards_of(outline.related),
        translations=tuple(_translations(shelf, outline)),
        older=shelf.cards[outline.older] if outline.older else None,
        newer=shelf.cards[outline.newer] if outline.newer else None,
        organizations=matter.organizations,
        people=matter.people,
        countries=matter.countries,
        systems=matter.systems,
        deals=matter.deals,
        held=card.held,
        extra=matter.extra,
    )


def _translations(shelf: Shelf, outline: ArticleOutline) -> Iterator[Translation]:
    """Yield the article in all other languages, the original first."""
    for at, id_ in enumerate(outline.translations):
        if id_ != outline.id:
            card = shelf.cards[id_]
            lang = card.lang or shelf.frame.view.language
            yield Translation(card.title, card.url, lang, language_name(lang), card.kind, original=at == 0)


def _local(shelf: Shelf, moment: datetime | None) -> datetime | None:
    return None if moment is None else shelf.frame.local(moment)


def _storyline_box(shelf: Shelf, story: StoryOutline | None) -> StorylineBox | None:
    if story is None:
        return None
    return StorylineBox(story.title, story.url, shelf.cards_of(story.earlier), shelf.cards_of(story.later))
