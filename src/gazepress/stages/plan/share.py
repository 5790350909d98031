"""The picture that stands beside a link to an article in messengers and social networks."""

from gazepress.digest import digest_record
from gazepress.model import Article, Planned
from gazepress.outlines import SHARE_SIZE, FormOutline, ImageOutline, ShareOutline
from gazepress.renditions import Rendition, shared
from gazepress.stages.plan.pictures import lead_file
from gazepress.stages.plan.site import Site
from gazepress.views import PictureCut

_NAME_DIGITS = 10


def share_output(site: Site, article: Article) -> Planned | None:
    """Return the picture beside links to an article; None where none is wanted.

    It is cut of the lead picture if that is large enough, else drawn with the headline.
    """
    if not site.settings.pictures.share:
        return None
    section = site.sections.get(article.section)
    outline = _of_lead_picture(site, article) or ShareOutline(
        title=article.matter.title,
        kicker=section.title if section else site.words.say(f"kind-{article.matter.kind}"),
        publication=site.settings.publication,
        accent=site.settings.theme.accent.lower(),
    )
    across, down = _size(outline)
    ending = outline.rendition.format if isinstance(outline, ImageOutline) else "png"
    name = f"share.{digest_record(outline)[:_NAME_DIGITS]}.{across}x{down}.{ending}"
    return Planned(site.paths[article.id] + name, outline, (article.id,))


def share_cut(site: Site, output: Planned | None) -> PictureCut | None:
    """Return what a page says of the picture beside links to it."""
    if output is None:
        return None
    assert isinstance(output.outline, FormOutline)
    return PictureCut(site.frame.href(output.url), *_size(output.outline))


def _of_lead_picture(site: Site, article: Article) -> ImageOutline | None:
    image = article.matter.image
    file = lead_file(site.graph, site.gallery, article.id, article.document)
    if image is None or file is None:
        return None
    across, down = image.focus
    rendition = shared(site.gallery.facts[file], (across, down), SHARE_SIZE)
    return ImageOutline(file, site.gallery.digests[file], rendition) if rendition else None


def _size(outline: FormOutline) -> tuple[int, int]:
    rendition = outline.rendition if isinstance(outline, ImageOutline) else Rendition("png", *SHARE_SIZE)
    return rendition.width, rendition.height
