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
    article_picture,
    author_path,
    cards_of,
    held_words,
    lead_picture,
    section_link,
    section_path,
    storyline_path,
    summary_of,
    tag_path,
)
from gazepress.stages.plan.structured_data import article_data, full_address
from gazepress.urls import decode_path
from gazepress.views import (
    ArticlePage,
    ArticleView,
    Byline,
    CorrectionView,
    HeadingView,
    Link,
    Picture,
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


def author_picture(site: Site, slug: str) -> Picture | None:
    """Return an author's portrait."""
    author = site.graph.authors[slug]
    if author.document is None or author.matter is None:
        return None
    return lead_picture(site, author.id, author.matter.image, author.document.refs, 0)


def alias_path(alias: str) -> str:
    """Return the site path of an old address; one without a file's ending is a folder's."""
    path = decode_path(alias)
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else path + "/"


def _redirects(site: Site, text: Article | Standing) -> Iterator[Claim]:
    own = site.paths[text.id]
    for alias in dict.fromkeys(map(alias_path, text.matter.aliases)):
        if alias != own:
            yield Claim(alias, partial(_redirect, alias=alias, text=text))


def _redirect(site: Site, alias: str, text: Article | Standing) -> Output:
    title, path = text.matter.title, site.paths[text.id]
    head = replace(make_head(site, path, title, index=False), trail=(), json_ld="")
    return Redirect(alias, RedirectPage(site.view, head, Link(title, site.absolute(path))), (text.id,))


def _standing_page(site: Site, page: Standing) -> Output:
    matter, path = page.matter, site.paths[page.id]
    summary = matter.summary or page.document.summary
    head = make_head(site, path, matter.title, description=summary)
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
    matter, path = article.matter, site.paths[article.id]
    section = site.graph.sections.get(article.section)
    head = make_head(
        site,
        path,
        matter.title,
        description=summary_of(article),
        trail=((section.label, section_path(section.slug)),) if section else (),
        feeds=(section_feed(site, section),) if section else (),
        data=(article_data(site, article),),
    )
    picture = article_picture(site, article)
    head = replace(
        head,
        kind="article",
        lang=matter.lang or head.lang,
        picture=full_address(site, picture.url) if picture else "",
        picture_alt=picture.alt if picture else "",
        published=site.local(matter.date),
        updated=site.local(matter.updated) if matter.updated else None,
    )
    return Page(path, "article.html", ArticlePage(site.view, head, _article_view(site, article)), (article.id,))


def _article_view(site: Site, article: Article) -> ArticleView:
    matter, document, graph = article.matter, article.document, site.graph
    older, newer = graph.neighbors[article.id]
    notes = sorted(matter.corrections, key=lambda note: note.date, reverse=True)
    return ArticleView(
        url=site.href(site.paths[article.id]),
        permalink=site.absolute(site.paths[article.id]),
        title=matter.title,
        summary=summary_of(article),
        kind=matter.kind.value,
        published=site.local(matter.date),
        lang=matter.lang or site.settings.language,
        body=page_body(site, article.id, document),
        words=document.words,
        minutes=max(1, round(document.words / _WORDS_A_MINUTE)),
        updated=site.local(matter.updated) if matter.updated else None,
        dateline=matter.dateline,
        section=section_link(site, article),
        tags=tuple(Link(graph.tags[slug].label, site.href(tag_path(slug))) for slug in article.tags),
        authors=tuple(_byline(site, slug) for slug in article.authors),
        picture=article_picture(site, article),
        headings=tuple(HeadingView(one.level, one.text, f"#{one.id}") for one in document.headings),
        sources=tuple(SourceView(source.name, source.url) for source in matter.sources),
        corrections=tuple(CorrectionView(site.local(note.date), note.text, note.kind.value) for note in notes),
        storyline=_storyline_box(site, article),
        backlinks=cards_of(site, graph.backlinks.get(article.id, ())[:_BACKLINKS]),
        related=cards_of(site, (one.id for one in graph.related.get(article.id, ()))),
        older=site.cards[older] if older else None,
        newer=site.cards[newer] if newer else None,
        organizations=matter.organizations,
        people=matter.people,
        countries=matter.countries,
        systems=matter.systems,
        deals=matter.deals,
        held=held_words(site, article.held),
        extra=matter.extra,
    )


def _byline(site: Site, slug: str) -> Byline:
    author = site.graph.authors[slug]
    matter = author.matter
    return Byline(
        name=author.name,
        url=site.href(author_path(author)),
        role=matter.role if matter else "",
        summary=matter.summary if matter else "",
        picture=author_picture(site, slug),
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
