"""The pages of texts: articles and standing pages, and the redirects from their old addresses."""

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from gazepress.model import Article, Output, Page, Redirect, Standing
from gazepress.stages.plan.body import page_body
from gazepress.stages.plan.head import make_head, section_feed
from gazepress.stages.plan.site import (
    Claim,
    Site,
    cards_of,
    held_words,
    storyline_path,
)
from gazepress.stages.plan.structured_data import article_data
from gazepress.urls import decode_path, output_file
from gazepress.views import (
    ArticlePage,
    ArticleView,
    CorrectionView,
    Head,
    HeadingView,
    Link,
    RedirectPage,
    SourceView,
    StandingPage,
    StorylineBox,
)

_WORDS_A_MINUTE = 230
_BACKLINKS = 12
_STORY_PARTS = 5  # shown on either side of an article; its storyline's page has all


def text_claims(site: Site) -> Iterator[Claim]:
    """Yield the pages of all articles and standing pages, and a redirect for each of their old addresses."""
    for article in site.graph.articles.values():
        yield Claim(site.paths[article.id], partial(_article_page, article=article))
        yield from _redirects(site, article)
    for page in site.graph.pages.values():
        yield Claim(site.paths[page.id], partial(_standing_page, page=page))
        yield from _redirects(site, page)


def alias_path(alias: str) -> str:
    """Return the site path of an old address; one that does not name an HTML file is a folder's."""
    path = decode_path(alias)
    return path if path.endswith(("/", ".html", ".htm")) else path + "/"


def _redirects(site: Site, text: Article | Standing) -> Iterator[Claim]:
    own = site.paths[text.id]
    for alias in dict.fromkeys(map(alias_path, text.matter.aliases)):
        if output_file(alias) != output_file(own):
            yield Claim(alias, partial(_redirect, alias=alias, text=text))


def _redirect(site: Site, alias: str, text: Article | Standing) -> Output:
    link = site.links[text.id]
    target = Link(link.title, site.full(link.url))
    lang = text.matter.lang or site.settings.language
    head = Head(target.title, site.settings.description, target.url, lang, "website", index=False)
    return Redirect(alias, RedirectPage(site.view, head, target), (text.id,))


def _standing_page(site: Site, page: Standing) -> Output:
    matter, path = page.matter, site.paths[page.id]
    head = make_head(site, path, matter.title, description=page.document.summary)
    view = StandingPage(
        site=site.view,
        head=replace(head, lang=matter.lang or head.lang),
        title=matter.title,
        body=page_body(site, page.id, page.document),
        held=held_words(site, page.held),
        extra=matter.extra,
    )
    return Page(path, "page.html", view, (page.id,))


def _article_page(site: Site, article: Article) -> Output:
    matter, path, card = article.matter, site.paths[article.id], site.cards[article.id]
    section = site.graph.sections.get(article.section)
    head = make_head(
        site,
        path,
        matter.title,
        description=card.summary,
        trail=(card.section,) if card.section else (),
        feeds=(section_feed(site, section),) if section else (),
        data=(article_data(site, article),),
    )
    head = replace(
        head,
        kind="article",
        lang=matter.lang or head.lang,
        picture=site.full(card.picture.url) if card.picture else "",
        picture_alt=card.picture.alt if card.picture else "",
        published=card.date,
        updated=site.local(matter.updated) if matter.updated else None,
    )
    return Page(path, "article.html", ArticlePage(site.view, head, _article_view(site, article)), (article.id,))


def _article_view(site: Site, article: Article) -> ArticleView:
    matter, document, graph, card = article.matter, article.document, site.graph, site.cards[article.id]
    older, newer = graph.neighbors.get(article.id, ("", ""))
    notes = sorted(matter.corrections, key=lambda note: note.date.timestamp(), reverse=True)
    return ArticleView(
        url=card.url,
        permalink=site.full(card.url),
        title=matter.title,
        summary=card.summary,
        kind=card.kind,
        published=card.date,
        lang=matter.lang or site.settings.language,
        body=page_body(site, article.id, document),
        words=document.words,
        standfirst=matter.summary,
        minutes=max(1, round(document.words / _WORDS_A_MINUTE)),
        updated=site.local(matter.updated) if matter.updated else None,
        dateline=matter.dateline,
        section=card.section,
        tags=tuple(map(site.tags.__getitem__, article.tags)),
        authors=tuple(map(site.bylines.__getitem__, article.authors)),
        picture=card.picture,
        headings=tuple(HeadingView(one.level, one.text, f"#{one.id}") for one in document.headings),
        sources=tuple(SourceView(source.name, source.url) for source in matter.sources),
        corrections=tuple(CorrectionView(site.local(note.date), note.text, note.kind.value) for note in notes),
        storyline=_storyline_box(site, article),
        backlinks=cards_of(site, graph.backlinks.get(article.id, ())[:_BACKLINKS]),
        related=cards_of(site, [one.id for one in graph.related.get(article.id, ())]),
        older=site.cards[older] if older else None,
        newer=site.cards[newer] if newer else None,
        organizations=matter.organizations,
        people=matter.people,
        countries=matter.countries,
        systems=matter.systems,
        deals=matter.deals,
        held=card.held,
        extra=matter.extra,
    )


def _storyline_box(site: Site, article: Article) -> StorylineBox | None:
    slug = site.graph.storyline_of.get(article.id)
    if slug is None:
        return None
    storyline = site.graph.storylines[slug]
    at = site.story_places[article.id]
    return StorylineBox(
        title=storyline.title,
        url=site.href(storyline_path(slug)),
        earlier=cards_of(site, storyline.articles[max(0, at - _STORY_PARTS) : at]),
        later=cards_of(site, storyline.articles[at + 1 : at + 1 + _STORY_PARTS]),
    )
