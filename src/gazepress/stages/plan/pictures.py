"""The addresses at which pictures answer, and what pages show of them.

Its file answers at the address that it always had, cleaned; every other form has an address that says what is in it,
so that browsers may keep it for good.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct

from gazepress.digest import digest_record
from gazepress.documents import Document, Ref, RefKind
from gazepress.matter import Layout, PageMatter, PictureMatter
from gazepress.model import Graph, Planned, Target, ToFile, ToSitePath
from gazepress.outlines import Frame, ImageOutline
from gazepress.renditions import (
    CARD,
    MEDIA_TYPES,
    PORTRAIT,
    Offer,
    PictureFacts,
    Rendition,
    cut,
    every,
    for_news,
    whole,
)
from gazepress.settings import PictureSettings
from gazepress.sources import SourceFile, SourceKind
from gazepress.urls import decode_path, media_path, static_path
from gazepress.views import Picture, PictureCut, PictureSource

_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff", ".bmp", ".svg"))
_NAME_DIGITS = 10


class Gallery(Struct, frozen=True):
    """The pictures that texts show: what is known of them, by their files, and the digests of these."""

    settings: PictureSettings
    facts: Mapping[str, PictureFacts] = {}
    digests: Mapping[str, str] = {}
    statics: Mapping[str, str] = {}  # site path of a static file → the file


def pictures_shown(graph: Graph, files: Iterable[SourceFile]) -> dict[str, tuple[str, Ref]]:
    """Return the pictures that published texts show: path of the file → the first text that does, and where."""
    statics = static_pictures(files)
    shown: dict[str, tuple[str, Ref]] = {}
    authors = ((author.id, author.document) for author in graph.authors.values() if author.document is not None)
    texts = ((text.id, text.document) for group in (graph.articles, graph.pages) for text in group.values())
    for file, document in (*texts, *authors):
        for ref, target in zip(document.refs, graph.targets[file], strict=True):
            picture = picture_file(target, statics)
            if picture is not None:  # be it only linked: it must not say where it was taken
                shown.setdefault(picture, (file, ref))
    return shown


def static_pictures(files: Iterable[SourceFile]) -> dict[str, str]:
    """Return the pictures among static files: site path → file."""
    return {
        static_path(file.path): file.path
        for file in files
        if file.kind is SourceKind.STATIC and PurePosixPath(file.path).suffix.lower() in _PICTURES
    }


def picture_file(target: Target | None, statics: Mapping[str, str]) -> str | None:
    """Return the file of a picture that a reference leads to, None if it leads to none of the site's own."""
    if isinstance(target, ToFile):
        return target.path if PurePosixPath(target.path).suffix.lower() in _PICTURES else None
    return statics.get(decode_path(target.path)) if isinstance(target, ToSitePath) else None


def picture_path(file: str) -> str:
    """Return the site path at which the file of a picture answers."""
    return static_path(file) if file.startswith("static/") else media_path(file)


def lead_file(graph: Graph, gallery: Gallery, text: str, document: Document) -> str | None:
    """Return the file of the picture that the front matter of a text names, if it is known."""
    image = None if isinstance(document.matter, PageMatter | Layout) else document.matter.image
    for ref, target in zip(document.refs, graph.targets[text], strict=True) if image else ():
        if image and ref.kind is RefKind.PICTURE and ref.target == image.src.text.strip():
            file = picture_file(target, gallery.statics)
            if file in gallery.facts:
                return file
    return None


def is_cleaned(gallery: Gallery, file: str) -> bool:
    """Tell whether a file is published without what it says of itself; of a drawing all is there to be seen."""
    return file in gallery.facts and gallery.facts[file].kind != "svg"


def offered(gallery: Gallery, frame: Frame, file: str) -> Picture | None:
    """Return what there is to show of a picture of the site without words; None if nothing is known of it."""
    facts = gallery.facts.get(file)
    if facts is None:
        return None
    offer = _whole(gallery, facts)
    if offer is None:
        return Picture(frame.href(picture_path(file)), "", width=facts.width, height=facts.height, tone=facts.tone)
    url, sources = _addresses(gallery, frame, file, offer)
    last = offer.fall_back
    return Picture(url, "", width=last.width, height=last.height, tone=facts.tone, sources=sources)


def offered_cut(
    gallery: Gallery, frame: Frame, file: str, matter: PictureMatter, ratio: tuple[int, int]
) -> PictureCut | None:
    """Return the part of a picture that cards or portraits show; None where it is shown as it is."""
    offer = _cut(gallery, file, matter, ratio)
    if offer is None:
        return None
    url, sources = _addresses(gallery, frame, file, offer)
    return PictureCut(url, offer.fall_back.width, offer.fall_back.height, sources)


def news_cuts(gallery: Gallery, frame: Frame, file: str, matter: PictureMatter) -> tuple[PictureCut, ...]:
    """Return the cuts of a lead picture that are offered to search engines."""
    return tuple(
        PictureCut(frame.href(_form_path(gallery, file, one)), one.width, one.height)
        for one in _for_news(gallery, file, matter)
    )


def picture_outputs(graph: Graph, gallery: Gallery) -> Iterator[Planned]:
    """Yield every form of every picture that texts show, the file itself among them."""
    made: dict[str, Planned] = {}
    for file, facts in gallery.facts.items():
        if is_cleaned(gallery, file):
            made[picture_path(file)] = _planned(gallery, file, picture_path(file), Rendition())
        if offer := _whole(gallery, facts):
            for rendition in every(offer):
                path = _form_path(gallery, file, rendition)
                made[path] = _planned(gallery, file, path, rendition)
    for file, matter, ratio in _leads(graph, gallery):
        offer = _cut(gallery, file, matter, ratio)
        for rendition in (
            *(every(offer) if offer else ()),
            *(_for_news(gallery, file, matter) if ratio is CARD else ()),
        ):
            path = _form_path(gallery, file, rendition)
            made[path] = _planned(gallery, file, path, rendition)
    yield from made.values()


def _leads(graph: Graph, gallery: Gallery) -> Iterator[tuple[str, PictureMatter, tuple[int, int]]]:
    """Yield the file of each lead picture and portrait, what the front matter says of it, and its shape on cards."""
    articles = ((one.id, one.document, CARD) for one in graph.articles.values())
    authors = ((one.id, one.document, PORTRAIT) for one in graph.authors.values() if one.document is not None)
    for text, document, ratio in chain(articles, authors) if gallery.facts else ():
        matter = document.matter
        image = None if isinstance(matter, PageMatter | Layout) else matter.image
        if image is None:
            continue
        file = lead_file(graph, gallery, text, document)
        if file is not None:
            yield file, image, ratio


def _whole(gallery: Gallery, facts: PictureFacts) -> Offer | None:
    settings = gallery.settings
    can = facts.can_be_resized and settings.widths
    return whole(facts, settings.widths, avif=settings.avif) if can else None


def _cut(gallery: Gallery, file: str, matter: PictureMatter, ratio: tuple[int, int]) -> Offer | None:
    facts, settings = gallery.facts[file], gallery.settings
    if not facts.can_be_resized or not settings.widths:
        return None
    across, down = matter.focus
    return cut(facts, ratio, (across, down), avif=settings.avif)


def _for_news(gallery: Gallery, file: str, matter: PictureMatter) -> tuple[Rendition, ...]:
    across, down = matter.focus
    return for_news(gallery.facts[file], (across, down)) if gallery.settings.widths else ()


def _addresses(gallery: Gallery, frame: Frame, file: str, offer: Offer) -> tuple[str, tuple[PictureSource, ...]]:
    def href(rendition: Rendition) -> str:
        return frame.href(_form_path(gallery, file, rendition))

    sources = tuple(
        PictureSource(
            MEDIA_TYPES[group[0].format],
            ", ".join(f"{href(rendition)} {rendition.width}w" for rendition in group),
        )
        for group in offer.formats
    )
    return href(offer.fall_back), sources


def _form_path(gallery: Gallery, file: str, rendition: Rendition) -> str:
    name = digest_record((gallery.digests[file], rendition))[:_NAME_DIGITS]
    stem = str(PurePosixPath(picture_path(file)).with_suffix(""))
    return f"{stem}.{name}.{rendition.width}x{rendition.height}.{rendition.format}"


def _planned(gallery: Gallery, file: str, path: str, rendition: Rendition) -> Planned:
    return Planned(path, ImageOutline(file, gallery.digests[file], rendition), (file,))
