"""Which Markdown is read? CommonMark with tables, strikethrough, footnotes, definitions, attributes and wiki links."""

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore, text_join
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from gazepress.stages.parse.blocks import READY, Blocks
from gazepress.stages.parse.easy import easy_tokens

AUTHOR_ATTRIBUTES = ("id", "class", "lang", "dir")

# Deeper text is not read; brackets that never close cost as much time as they may be nested.
_BLOCK_NESTING = 100
_INLINE_NESTING = 20
# Titles and words may hold brackets that close again. Nothing here backtracks, so a text of brackets takes no time.
_WIKI_LINK = re.compile(r"\[\[((?:[^\[\]|]++|\[[^\[\]]*+\])++)(?:\|((?:[^\[\]]++|\[[^\[\]]*+\])*+))?\]\]")
# XML, and with it every feed, has no place for these.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORM_FEED = re.compile(r"&#(?:0*12|[xX]0*[cC]);")

Rule = Callable[[StateInline, bool], bool]

# What each character may begin, in the order in which it is tried. All other characters are text.
_BEGINS: dict[str, tuple[str, ...]] = {
    "\n": ("newline",),
    "\\": ("escape",),
    "`": ("backticks",),
    "*": ("emphasis",),
    "_": ("emphasis",),
    "~": ("strikethrough",),
    "[": ("link", "wiki", "footnote_ref"),
    "]": (),  # ends a label, so text stops before it
    "!": ("image",),
    "<": ("autolink", "html_inline"),
    "&": ("entity",),
    "{": ("attr",),
}
_PLACED = frozenset("\n\\[!<")


def foreign_character(text: str) -> re.Match[str] | None:
    """Return where a text holds the first character that XML and HTML have no place for."""
    return _NOT_XML.search(text)


def is_printable(text: str) -> bool:
    """Tell whether a text with LF line ends holds nothing but these and characters that can be printed.

    Then nothing in it is foreign, and nothing is white but line ends and spaces.
    """
    return text.replace("\n", " ").isprintable()


def tokenize(text: str, *, ready: bool = False, printable: bool = False) -> list[Token]:
    """Return the tokens of a text with LF line ends.

    ``meta["at"]`` of links, pictures, breaks and inline HTML is where they begin in the content of their parent. Links
    are taken whatever their address: it is as written, and for others to judge. A wiki link is a link with
    ``meta["wiki"]``, its title as ``href``; without words of its own it holds a token ``wiki_title``.
    Blocks that are ``ready`` can be had as one token for all that follow each other. It takes a look less where the
    text is known to be printable.
    """
    if not printable and not is_printable(text):
        text = _NOT_XML.sub("\ufffd", text)
    text = _FORM_FEED.sub(lambda found: f"&#{32:0{len(found.group()) - 3}d};", text)
    return _parser().parse(text, {READY: True} if ready else {})


@cache
def _parser() -> MarkdownIt:
    markdown = _Markdown("commonmark", {"maxNesting": _BLOCK_NESTING}).enable(["table", "strikethrough"])
    markdown.disable("normalize")  # `tokenize` sees to all of it
    markdown.block = blocks = Blocks()
    markdown.inline = inline = _Inline()
    markdown.use(deflist_plugin)
    markdown.use(footnote_plugin, inline=False)
    markdown.use(attrs_plugin, allowed=AUTHOR_ATTRIBUTES)
    markdown.use(attrs_block_plugin, allowed=AUTHOR_ATTRIBUTES)
    markdown.inline.ruler.push("wiki", _wiki_link)
    markdown.core.ruler.before("footnote_tail", "notes", _part_notes)
    markdown.core.ruler.at("text_join", _join_text)
    blocks.prepare()
    inline.prepare()
    return markdown


class _Markdown(MarkdownIt):
    """A parser that leaves addresses as they are written."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - overrides; what is refused here would stay unread
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - overrides
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - overrides
        return link


class _Inline(ParserInline):
    """An inline parser that tries only the rules that a character may begin, and notes where tokens begin."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Add the tokens of a block's content."""
        easy = easy_tokens(src)
        if easy is None:
            return super().parse(src, md, env, tokens)
        tokens += easy
        return tokens

    def prepare(self) -> None:
        """Take over the rules that plugins have added."""
        rules: dict[str, Rule] = dict(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        self._rules = {character: tuple(rules[name] for name in names) for character, names in _BEGINS.items()}
        self.terminator_re = re.compile("[" + re.escape("".join(_BEGINS)) + "]")

    def tokenize(self, state: StateInline) -> None:
        """Add the tokens of the state's range."""
        source, end = state.src, state.posMax
        while state.pos < end:
            at = state.pos
            character = source[at]
            if character not in self._rules:
                state.pos = self._text_end(state)
                state.append_pending(source[at : state.pos])
                continue
            count = len(state.tokens)
            for rule in self._rules[character] if state.level < _INLINE_NESTING else ():
                if rule(state, False):  # noqa: FBT003 - the shape of a rule
                    if character in _PLACED:
                        _note_place(state.tokens, count, at)
                    break
            else:
                state.append_pending(character)
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - overrides
        """Move behind the token at the state's position, and add none."""
        at = state.pos
        if at in state.cache:
            state.pos = state.cache[at]
            return
        rules = self._rules.get(state.src[at])
        if state.level >= _INLINE_NESTING:
            state.pos = state.posMax
        elif rules is None:
            state.pos = self._text_end(state)
        else:
            state.level += 1
            found = any(rule(state, True) for rule in rules)  # noqa: FBT003 - likewise
            state.level -= 1
            if not found:
                state.pos = at + 1
        state.cache[at] = state.pos

    def _text_end(self, state: StateInline) -> int:
        found = self.terminator_re.search(state.src, state.pos)
        return found.start() if found else state.posMax


def _part_notes(state: StateCore) -> None:
    """Put footnotes that are written inside others behind these; the library takes the end of one for that of both."""
    if "footnotes" not in state.env:
        return
    parts: list[list[Token]] = [[]]
    around = [parts[0]]
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            parts.append([])
            around.append(parts[-1])
        around[-1].append(token)
        if token.type == "footnote_reference_close":
            around.pop()
    state.tokens = [token for part in parts for token in part]


def _join_text(state: StateCore) -> None:
    """Join what escapes and entities stand for with the text around it."""
    if "\\" in state.src or "&" in state.src:
        text_join(state)


def _note_place(tokens: list[Token], count: int, at: int) -> None:
    """Note a place at the first token behind ``count``; text that waited before it has become a token just now."""
    if count < len(tokens) and tokens[count].type == "text":
        count += 1
    if count < len(tokens):
        tokens[count].meta["at"] = at


def _wiki_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the shape of a rule
    match = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    title = " ".join(unescapeAll(match[1]).split()) if match else ""
    if not match or not title:
        return False
    if not silent:
        maximum = state.posMax
        opened = state.push("link_open", "a", 1)
        opened.attrs, opened.meta = {"href": title}, {"wiki": True}
        if (match[2] or "").strip():
            state.pos, state.posMax = match.span(2)
            state.md.inline.tokenize(state)
        else:
            state.push("wiki_title", "", 0).content = title
        state.push("link_close", "a", -1)
        state.posMax = maximum
    state.pos = match.end()
    return True
