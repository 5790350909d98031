"""Which links stand alone in their paragraph, and lead to a video, a post or a document? They become cards."""

from collections.abc import Sequence

from markdown_it.token import Token

from gazepress.documents import Embed, RefKind
from gazepress.embeds import EmbedKind, embed_kind, is_own_pdf
from gazepress.stages.parse.ledger import Ledger
from gazepress.stages.parse.plain import plain_text

_OPENS = {"link_open": "link_close", "ref_open": "ref_close"}
_WORDS = frozenset("text code_inline em_open em_close strong_open strong_close s_open s_close softbreak".split())


def make_cards(tokens: Sequence[Token], ledger: Ledger) -> list[Token]:
    """Return the tokens with a token ``embed`` in place of each paragraph that is such a link; ``meta`` has its part.

    A link in a list, a quote or a footnote stays one, and so does one with attributes of the author's.
    """
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "footnote_block_open":
            break
        is_main = token.type == "paragraph_open" and token.level == 0 and not token.attrs
        embed = _embed(tokens[at + 1].children or [], ledger) if is_main else None
        if embed is None:
            made.append(token)
            at += 1
        else:
            made.append(Token("embed", "", 0, meta={"embed": embed}))
            at += 3
    return [*made, *tokens[at:]]


def _embed(children: Sequence[Token], ledger: Ledger) -> Embed | None:
    if len(children) < 2 or children[0].type not in _OPENS:  # noqa: PLR2004 - most paragraphs begin with words
        return None
    opened, *words, closed = children
    if closed.type != _OPENS[opened.type] or not all(one.type in _WORDS for one in words):
        return None
    if not opened.attrs.keys() <= {"href", "title"}:
        return None
    title = " ".join(plain_text(words).split())
    if opened.type == "ref_open":
        ref = ledger.refs[opened.meta["ref"]]
        is_card = title and ref.kind is RefKind.LINK and is_own_pdf(ref.target)
        return Embed(EmbedKind.PDF, title, ref=opened.meta["ref"]) if is_card else None
    address = str(opened.attrs["href"])
    kind = embed_kind(address)
    return Embed(kind, "" if opened.info == "auto" or title == address else title, address) if kind else None
