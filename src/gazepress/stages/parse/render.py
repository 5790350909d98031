"""How does the text look as HTML? Tokens become pieces of HTML, and holes for what only other files can tell."""

from collections.abc import Callable, Iterable
from html import escape

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from gazepress.documents import Embed, Hole, ReadMore, Role
from gazepress.stages.parse.attributes import attribute_text
from gazepress.stages.parse.structure import footnote_mark

Part = str | Hole | ReadMore | Embed

# Blocks that hold blocks begin a line of their own, so that the source of a page can be read.
_HOLDS_BLOCKS = frozenset(
    [
        "blockquote_open",
        "bullet_list_open",
        "ordered_list_open",
        "table_open",
        "thead_open",
        "tbody_open",
        "tr_open",
        "dl_open",
    ]
)


def render(tokens: Iterable[Token]) -> list[Part]:
    """Return the pieces of a text: what is a string is HTML, its text escaped."""
    out: list[Part] = []
    _render(tokens, out)
    return out


def merge(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return parts with neighboring strings as one, so that equal texts have equal bodies."""
    merged: list[Part] = []
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        merged += filter(None, ("".join(texts),))
        merged.append(part)
        texts.clear()
    merged += filter(None, ("".join(texts).rstrip(),))
    return tuple(merged)


def _render(tokens: Iterable[Token], out: list[Part]) -> None:
    for token in tokens:
        kind = token.type
        if kind == "text":
            out.append(escape(token.content, quote=False))
        elif kind == "inline":
            _render(token.children or (), out)
        elif kind in _RENDERED:
            _RENDERED[kind](token, out)
        elif token.hidden:
            continue
        elif token.nesting < 0:
            out.append(f"</{token.tag}>\n" if token.block else f"</{token.tag}>")
        else:
            out.append(_start_tag(token))


def _start_tag(token: Token) -> str:
    end = ">\n" if token.type in _HOLDS_BLOCKS or token.type == "hr" else ">"
    return f"<{token.tag}{_attributes(token)}{end}" if token.attrs else f"<{token.tag}{end}"


def _attributes(token: Token) -> str:
    return attribute_text({name: str(value) for name, value in token.attrs.items()})


def _code(token: Token, out: list[Part]) -> None:
    out.append(f"<code{_attributes(token)}>{escape(token.content, quote=False)}</code>")


def _code_block(token: Token, out: list[Part]) -> None:
    language = unescapeAll(token.info).split(maxsplit=1)[:1]
    kind = f' class="language-{escape(language[0])}"' if language else ""
    out.append(f"<pre{_attributes(token)}><code{kind}>{escape(token.content, quote=False)}</code></pre>\n")


def _raw(token: Token, out: list[Part]) -> None:
    out.extend(token.meta["parts"])


def _ref_open(token: Token, out: list[Part]) -> None:
    out.append(Hole(token.meta["ref"], Role.OPEN))
    if token.attrs:  # the hole has room for an address only
        out.append(f"<span{_attributes(token)}>")


def _ref_close(token: Token, out: list[Part]) -> None:
    if token.attrs:
        out.append("</span>")
    out.append(Hole(token.meta["ref"], Role.CLOSE))


def _title(token: Token, out: list[Part]) -> None:
    out.append(Hole(token.meta["ref"], Role.TITLE))


def _picture(token: Token, out: list[Part]) -> None:
    attributes = {name: str(value) for name, value in token.attrs.items() if name != "src"}
    if "ref" in token.meta:
        out += ('<img src="', Hole(token.meta["ref"], Role.ADDRESS), f'"{attribute_text(attributes)} loading="lazy">')
    else:
        source = escape(str(token.attrs["src"]))
        out.append(f'<img src="{source}"{attribute_text(attributes)} loading="lazy">')


def _figure(token: Token, out: list[Part]) -> None:
    picture = (token.children or [token])[0]
    caption = str(picture.attrs.pop("title", ""))
    out.append(f"<figure{_attributes(token)}>")
    _picture(picture, out)
    out.append(f"<figcaption>{escape(caption, quote=False)}</figcaption></figure>\n" if caption else "</figure>\n")


def _footnote_mark(token: Token, out: list[Part]) -> None:
    number, mark = token.meta["id"] + 1, footnote_mark(token)
    link = str(number) if token.meta.get("unlinked") else f'<a href="#fn:{number}" role="doc-noteref">{number}</a>'
    out.append(f'<sup class="footnote-ref" id="fnref:{mark}">{link}</sup>')


def _footnotes_open(_: Token, out: list[Part]) -> None:
    out.append('<div class="footnotes" role="doc-endnotes">\n<ol>\n')


def _footnotes_close(_: Token, out: list[Part]) -> None:
    out.append("</ol>\n</div>\n")


def _footnote_open(token: Token, out: list[Part]) -> None:
    out.append(f'<li id="fn:{token.meta["id"] + 1}">')


def _footnote_close(_: Token, out: list[Part]) -> None:
    out.append("</li>\n")


def _footnote_back(token: Token, out: list[Part]) -> None:
    mark = footnote_mark(token)
    # The role says "back link" in the language of the reader's own software; the number says to which mark.
    out.append(f' <a class="footnote-back" href="#fnref:{mark}" role="doc-backlink">↩\ufe0e {mark}</a>')


def _read_more(token: Token, out: list[Part]) -> None:
    out.append(ReadMore(token.meta["label"], token.meta["refs"]))


def _ready(token: Token, out: list[Part]) -> None:
    out.extend(block.html for block in token.meta["blocks"])


def _embed(token: Token, out: list[Part]) -> None:
    out.append(token.meta["embed"])


def _written(text: str) -> Callable[[Token, list[Part]], None]:
    return lambda _, out: out.append(text)


_RENDERED: dict[str, Callable[[Token, list[Part]], None]] = {
    "softbreak": _written("\n"),
    "hardbreak": _written("<br>\n"),
    "code_inline": _code,
    "code_block": _code_block,
    "fence": _code_block,
    "html_inline": _raw,
    "html_block": _raw,
    "ref_open": _ref_open,
    "ref_close": _ref_close,
    "wiki_title": _title,
    "image": _picture,
    "figure": _figure,
    "footnote_ref": _footnote_mark,
    "footnote_block_open": _footnotes_open,
    "footnote_block_close": _footnotes_close,
    "footnote_open": _footnote_open,
    "footnote_close": _footnote_close,
    "footnote_anchor": _footnote_back,
    "read_more": _read_more,
    "ready": _ready,
    "embed": _embed,
}
