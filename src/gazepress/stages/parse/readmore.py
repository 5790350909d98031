"""Which lines send the reader on? A label, a colon, and then a title or a link, or a list of them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from markdown_it.token import Token
from msgspec import Struct

from gazepress.folding import fold
from gazepress.stages.parse.addresses import Where, classify
from gazepress.stages.parse.ledger import Ledger, Place
from gazepress.stages.parse.plain import plain_text
from gazepress.stages.parse.ready import Ready, ready_token, unready

_COLON = re.compile("[:：]")
_BREAKS = frozenset(("softbreak", "hardbreak"))
_LISTS = {"bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close"}
_ALLOWED = frozenset(
    "text code_inline wiki_title em_open em_close strong_open strong_close s_open s_close link_open link_close".split()
)
_MAX_COLONS = 5  # in a label, and the one behind it
_ROOM = 20  # for spaces and quotes that do not count in a label
_ITEM = ["list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close"]

Target = tuple[str, Place]


class Line(Struct, frozen=True):
    """A line of a paragraph: its tokens, and where it begins and ends in the paragraph's content."""

    block: Token
    tokens: list[Token]
    start: int
    end: int


def split_read_more(tokens: Sequence[Token], labels: tuple[str, ...], ledger: Ledger) -> list[Token]:
    """Return the tokens with a token ``read_more`` for each read-more line; paragraphs are split around them.

    Its ``meta`` holds the ``label`` as written and ``targets``: what is named, and where. Only paragraphs that stand in
    no list or quote are looked at. A line that leads to another site stays as it is.
    """
    tokens = _with_labels(tokens, labels)
    split: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "footnote_block_open":
            break
        if token.type == "paragraph_open" and token.level == 0 and _may_hold_label(tokens[at + 1]):
            pieces, at = _split_paragraph(tokens, at, labels, ledger)
            split += pieces
        else:
            split.append(token)
            at += 1
    return [*split, *tokens[at:]]


def _with_labels(tokens: Sequence[Token], labels: tuple[str, ...]) -> list[Token]:
    """Return the tokens, and in place of a ready paragraph with a label those of its content."""
    opened: list[Token] = []
    for token in tokens:
        blocks: list[Ready] = token.meta["blocks"] if token.type == "ready" else []
        labeled = [at for at, block in enumerate(blocks) if _has_label(block, labels)]
        if not labeled:
            opened.append(token)
            continue
        start = 0
        for at in (*labeled, len(blocks)):
            if start < at:
                opened.append(ready_token(blocks[start:at]))
            opened += unready(blocks[at]) if at < len(blocks) else ()
            start = at + 1
    return opened


def _has_label(block: Ready, labels: tuple[str, ...]) -> bool:
    if not (block.is_main and _has_colon(block.text)):
        return False
    return any(behind_label(line, labels) for line in block.text.split("\n"))


def _may_hold_label(inline: Token) -> bool:
    return _has_colon(inline.content) and _has_colon(plain_text(inline.children))  # most colons are in addresses


def _has_colon(text: str) -> bool:
    return ":" in text or "：" in text  # ten times as fast as the expression


def _split_paragraph(
    tokens: Sequence[Token], at: int, labels: tuple[str, ...], ledger: Ledger
) -> tuple[list[Token], int]:
    """Return the paragraph at ``at`` in pieces, and where the next block begins: behind the list that a label took."""
    opening, inline, closing = tokens[at : at + 3]
    behind = at + 3
    pieces: list[Token] = []
    kept: list[Line] = []
    lines = list(_lines(inline))
    for line in lines:
        text = plain_text(line.tokens)
        cut = behind_label(text, labels) if _has_colon(text) else 0
        targets: list[Target] = []
        if cut and text[cut:].strip():
            targets = [target for target in (_target(line, cut, ledger),) if target]
        elif cut and line is lines[-1]:
            targets, behind = _listed(tokens, behind, ledger)
        if targets:
            pieces += [*_paragraph(opening, kept, closing), _read_more(text[:cut], targets)]
            kept = []
        else:
            kept.append(line)
    if not pieces:
        return [opening, inline, closing], behind
    return [*pieces, *_paragraph(opening, kept, closing)], behind


def _lines(inline: Token) -> Iterator[Line]:
    """Yield the lines of a paragraph; emphasis or a link that goes on over a break keeps its lines together."""
    tokens: list[Token] = []
    start = 0
    for child in inline.children or ():
        if child.type in _BREAKS and child.level == 0:
            end = inline.content.find("\n", child.meta["at"])  # a hard break can begin with a backslash
            yield Line(inline, tokens, start, end)
            tokens, start = [], end + 1
        else:
            tokens.append(child)
    yield Line(inline, tokens, start, len(inline.content))


def behind_label(text: str, labels: tuple[str, ...]) -> int:
    """Return where the colon behind a label ends, 0 if the text begins with none. The longest label that fits wins."""
    colons = [found.end() for found in islice(_COLON.finditer(text), _MAX_COLONS)]
    for folded, inner in _folded(labels):
        at = colons[inner] if inner < len(colons) else 0
        if 0 < at <= 2 * len(folded) + _ROOM and fold(text[: at - 1]) == folded:
            return at
    return 0


@lru_cache(maxsize=64)
def _folded(labels: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return the labels as they are compared, longest first, with the number of colons inside each."""
    folded = sorted({fold(label) for label in labels if fold(label)}, key=lambda label: (-len(label), label))
    return tuple((label, label.count(":")) for label in folded)


def _target(line: Line, cut: int, ledger: Ledger) -> Target | None:
    """Return what the line names behind its label: a title, or the one link of this site that is all of the rest."""
    if any(token.type not in _ALLOWED for token in line.tokens):
        return None
    links = [at for at, token in enumerate(line.tokens) if token.type == "link_open"]
    if not links:
        return _title(line, cut, ledger)
    opened = line.tokens[links[0]]
    closed = next(at for at, token in enumerate(line.tokens) if token.type == "link_close")
    before, after = plain_text(line.tokens[: links[0]]), plain_text(line.tokens[closed:])
    if len(links) > 1 or before[cut:].strip() or after.strip(" ."):
        return None
    address = str(opened.attrs["href"])
    if not opened.meta.get("wiki"):
        where, address = classify(address)
        if where is not Where.SITE or address.startswith("#") or not address:
            return None
    return address, ledger.place(line.block, opened.meta["at"])


def _title(line: Line, cut: int, ledger: Ledger) -> Target | None:
    title = plain_text(line.tokens)[cut:].strip()
    content = line.block.content
    colon = line.start
    for _ in range(len(_COLON.findall(plain_text(line.tokens)[:cut]))):
        found = _COLON.search(content, colon, line.end)
        colon = found.end() if found else colon
    at = content.find(title, colon, line.end)
    return (title, ledger.place(line.block, at if at >= 0 else colon)) if title else None


def _listed(tokens: Sequence[Token], at: int, ledger: Ledger) -> tuple[list[Target], int]:
    """Return what the items of the list at ``at`` name, and where it ends; nothing if one of them is something else."""
    closing = _LISTS.get(tokens[at].type) if at < len(tokens) else None
    if closing is None:
        return [], at
    end = next(end for end in range(at, len(tokens)) if tokens[end].type == closing and tokens[end].level == 0)
    targets: list[Target] = []
    for item in range(at + 1, end, len(_ITEM)):
        tokens_of_item = tokens[item : item + len(_ITEM)]
        if [token.type for token in tokens_of_item] != _ITEM:
            return [], at
        inline = tokens_of_item[2]
        target = _target(Line(inline, inline.children or [], 0, len(inline.content)), 0, ledger)
        if target is None:
            return [], at
        targets.append(target)
    return targets, end + 1


def _paragraph(opening: Token, lines: list[Line], closing: Token) -> list[Token]:
    """Return lines as a paragraph of their own, none if nothing is in them."""
    if not any(token.type != "text" or token.content.strip() for line in lines for token in line.tokens):
        return []
    children = [token for line in lines for token in (*line.tokens, Token("softbreak", "br", 0))][:-1]
    whole = lines[0].block
    inline = Token("inline", "", 0, map=whole.map, content=whole.content, children=children)
    inline.meta["start"] = lines[0].start
    return [opening, inline, closing]


def _read_more(label: str, targets: list[Target]) -> Token:
    return Token("read_more", "", 0, meta={"label": label.strip()[:-1].strip(), "targets": targets})
