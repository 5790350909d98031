"""Words for a picture that do not say what it shows, but only that it is one."""

import re
from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Place, Text
from gazepress.diagnostics import Severity
from gazepress.folding import fold
from gazepress.matter import AuthorMatter, FrontMatter

_FILE = re.compile(r"[\w./ -]+\.(?:jpe?g|png|gif|webp|avif|svg)|(?:img|dsc|dscn|pxl|image|photo|screenshot)[ _-]?\d+")
# Words that tell only that there is a picture, as they are folded.
_IDLE = frozenset(
    (
        "image|picture|photo|photograph|pic|illustration|drawing|graphic|chart|map|logo|icon|banner|decoration|"
        "decorative|decorative image|lead image|featured image|cover|header|placeholder|alt|alt text|untitled|"
        "зображення|фото|фотографія|світлина|малюнок|ілюстрація|картинка|графік|карта|мапа|логотип|заставка|обкладинка"
    ).split("|")
)


def _look(text: Text) -> Iterator[Hit]:
    for alt, address, place in _pictures(text):
        if fold(alt) in _IDLE or _FILE.fullmatch(alt.strip().lower()):
            hint = "say what is to be seen, as you would on the phone"
            yield Hit(f"{alt.strip()!r} does not say what {address.rpartition('/')[2]} shows", place, hint)


def _pictures(text: Text) -> Iterator[tuple[str, str, Place]]:
    matter = text.document.matter
    if isinstance(matter, FrontMatter | AuthorMatter) and matter.image is not None and matter.image.alt:
        yield matter.image.alt, matter.image.src.text, text.place_of("image", "alt")
    for passage in text.passages:
        for picture in passage.pictures:
            yield picture.alt, picture.address, picture.place


RULE = TextRule(
    "alt-idle",
    Severity.WARNING,
    "The words for a picture are its file's name, or say only that there is one (“photo”).",
    'Say what is to be seen; of a lead picture that only decorates, write `alt: ""`.',
    _look,
)
