"""The addresses of texts: articles and standing pages."""

from collections.abc import Collection, Iterator

from gazepress.documents import RefKind
from gazepress.model import Article, Planned, Target, Term, ToArticle, ToFile, ToHere, ToPage, ToSitePath
from gazepress.outlines import ArticleOutline, GoneOutline, Lead, StandingOutline, StoryOutline
from gazepress.stages.plan.pictures import lead_file, news_cuts, offered, picture_file
from gazepress.stages.plan.share import share_cut, share_output
from gazepress.stages.plan.site import Site, above_corrections, feed_links, held_words, section_path, storyline_path
from gazepress.urls import decode_path, media_path
from gazepress.views import FeedLink, Picture, PictureCut
from gazepress.words import speaker

_BACKLINKS = 12
_STORY_PARTS = 5  # shown on either side of an article; its storyline's page has all


def text_outputs(site: Site) -> Iterator[Planned]:
    """Yield the pages of all articles, also of those that were taken down, and of all standing pages."""
    feeds = {section.slug: _section_feed(site, section) for section in site.graph.sections.values()}
    for article in site.graph.articles.values():
        share = share_output(site, article)
        own = _article_outline(site, article, feeds.get(article.section, ()), share)
        yield Planned(site.paths[article.id], own, (article.id,))
        if share:
            yield share
    for article in site.graph.gone.values():
        lang = article.matter.lang or site.settings.language
        words = speaker(site.settings.language, site.settings.words)(lang)
        yield Planned(site.paths[article.id], GoneOutline(words.say("gone"), article.matter.gone, lang), (article.id,))
    above = above_corrections(site.graph, site.paths)
    for page in site.graph.pages.values():
        if page is above:
            continue
        outline = StandingOutline(page.id, leads_of(site, page.id), held_words(site, page.held))
        yield Planned(site.paths[page.id], outline, (page.id,))


def leads_of(site: Site, file: str) -> tuple[Lead | None, ...]:
    """Return what the references of a text lead to, in their order; None where nothing answers."""
    return tuple([lead_to(site, target) for target in site.graph.targets[file]])


def lead_to(site: Site, target: Target | None) -> Lead | None:  # noqa: PLR0911 - one for each kind of target
    """Return what a reference leads to. A place in the same text is its fragment alone."""
    match target:
        case ToArticle(id=file, fragment=fragment):
            return Lead(file, f"#{fragment}" if fragment else "")
        case ToPage(id=file, fragment=fragment):
            link = site.links[file]
            return Lead("", f"{link.url}#{fragment}" if fragment else link.url, link.title)
        case ToFile(path=file):
            return Lead("", site.frame.href(media_path(file)), picture=_picture(site, target))
        case ToSitePath(path=written, fragment=fragment):
            path, mark, query = written.partition("?")
            if decode_path(path) in site.broken:
                return None
            href = site.frame.href(decode_path(path)) + mark + query
            return Lead("", f"{href}#{fragment}" if fragment else href, picture=_picture(site, target))
        case ToHere(fragment=fragment):
            return Lead("", f"#{fragment}" if fragment else "")
        case None:
            return None


def _picture(site: Site, target: Target) -> Picture | None:
    file = picture_file(target, site.gallery.statics)
    return offered(site.gallery, site.frame, file) if file else None


def _section_feed(site: Site, section: Term) -> tuple[FeedLink, ...]:
    """Return the link to a section's feed in its first format, if it has one."""
    return feed_links(site, site.settings.feeds.sections, section_path(section.slug), section.label)[:1]


def _article_outline(
    site: Site, article: Article, feeds: tuple[FeedLink, ...], share: Planned | None
) -> ArticleOutline:
    graph, id_ = site.graph, article.id
    older, newer = graph.neighbors.get(id_, ("", ""))
    story, translations = _story_outline(site, article), graph.translations.get(id_, ())
    shown = {*translations, *((*story.earlier, *story.later) if story else ())}
    later, related = _later_coverage(site, article, without=shown), graph.related.get(id_, ())
    if related:
        shown |= {*later, *_read_more(site, article)}
        related = tuple([one for one in related if one not in shown])
    return ArticleOutline(
        id=id_,
        authors=article.authors,
        tags=tuple(map(site.tags.__getitem__, article.tags)),
        leads=leads_of(site, id_),
        feeds=feeds,
        share=share_cut(site, share),
        cuts=_news_cuts(site, article),
        storyline=story,
        backlinks=later,
        related=related,
        older=older,
        newer=newer,
        translations=translations,
    )


def _later_coverage(site: Site, article: Article, without: Collection[str]) -> tuple[str, ...]:
    """Return articles that refer to this one, newest first. An older one, which somebody has edited, is none."""
    referring = [one for one in site.graph.backlinks.get(article.id, ()) if one not in without][:_BACKLINKS]
    if not referring:
        return ()
    articles, moment = site.graph.articles, article.matter.date.timestamp()
    return tuple([one for one in referring if articles[one].matter.date.timestamp() >= moment])


def _read_more(site: Site, article: Article) -> Iterator[str]:
    """Yield the articles that have a card in the text."""
    read_more = RefKind.READ_MORE  # looking up a member takes as long as all the rest
    for ref, target in zip(article.document.refs, site.graph.targets[article.id], strict=True):
        if ref.kind is read_more and isinstance(target, ToArticle):
            yield target.id


def _news_cuts(site: Site, article: Article) -> tuple[PictureCut, ...]:
    image = article.matter.image
    file = lead_file(site.graph, site.gallery, article.id, article.document) if image else None
    return news_cuts(site.gallery, site.frame, file, image) if image and file else ()


def _story_outline(site: Site, article: Article) -> StoryOutline | None:
    slug = site.graph.storyline_of.get(article.id)
    if slug is None:
        return None
    story = site.graph.storylines[slug]
    at = site.story_places[article.id]
    return StoryOutline(
        title=story.title,
        url=site.frame.href(storyline_path(slug)),
        earlier=story.articles[max(0, at - _STORY_PARTS) : at],
        later=story.articles[at + 1 : at + 1 + _STORY_PARTS],
    )
