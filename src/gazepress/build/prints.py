"""By what is an output known to be made of the same things as before? By its fingerprint."""

from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from gazepress.build.keys import join
from gazepress.outlines import CopyOutline, ImageOutline, IndexOutline, Outline, RedirectOutline, ShareOutline


@cache
def outline_kind(outline: type[Outline]) -> str:
    """Return the name of a kind of outline, by which records tell it from others."""
    return str(outline.__struct_config__.tag)


COPY, INDEX, REDIRECT = (outline_kind(one) for one in (CopyOutline, IndexOutline, RedirectOutline))
FORMS = (outline_kind(ImageOutline), outline_kind(ShareOutline))


class Print(Struct, frozen=True, array_like=True):
    """A planned output, as its file and its kind, and what its fingerprint rests on.

    This is the digest of all that the plan says, a template, and texts; of a file that is taken over, its digest alone.
    """

    path: str
    kind: str
    planned: str
    template: str = ""
    texts: tuple[str, ...] = ()


def fingerprints(prints: Iterable[Print], texts: Mapping[str, str], templates: Mapping[str, str]) -> dict[str, str]:
    """Return by path the key of each output: of what the plan says of it, the texts in it, the templates that draw it.

    ``texts``: path → key; ``templates``: name of a page's template → key of all templates that it may use.
    """
    return {
        one.path: one.planned
        if one.kind == COPY
        else join((one.planned, templates[one.template] if one.template else "", *[texts[path] for path in one.texts]))
        for one in prints
    }
