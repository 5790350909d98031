"""Which block does a line begin? Only the rules that its first character can mean are asked; most lines are words."""

from itertools import accumulate
from operator import add

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from gazepress.stages.parse.easy import paragraph_tokens
from gazepress.stages.parse.lines import read_lines, split_lines

_CODE_INDENT = 4
_SPACES = frozenset(" \t")

# What a first character may begin, in the order in which it is tried. All other characters begin a paragraph.
_BEGINS: dict[str, tuple[str, ...]] = {
    "{": ("attr",),
    "`": ("fence",),
    "~": ("fence",),
    ">": ("blockquote",),
    "-": ("hr", "list"),
    "*": ("hr", "list"),
    "_": ("hr",),
    "+": ("list",),
    "[": ("footnote_def", "reference"),
    "<": ("html_block",),
    "#": ("heading",),
} | dict.fromkeys("0123456789", ("list",))
# A second line that begins with one of these may make the first one the head of a table, a heading or a term.
_TURNS = frozenset("|-:=~")
_TERM_MARKS = frozenset(":~")

READY = "ready"
"""What asks a parser, as a key of its environment, for one token where blocks are ready."""


class Blocks(ParserBlock):
    """A block parser that finds the same as its parent, with fewer questions."""

    def prepare(self) -> None:
        """Take over the rules that plugins have added."""
        rules = dict(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        enders = self.ruler.getRules("paragraph")
        self._code = (rules["code"],)
        self._begin = {first: tuple(rules[name] for name in ("table", *names)) for first, names in _BEGINS.items()}
        self._undecided = tuple(rules[name] for name in ("table", "lheading", "deflist", "paragraph"))
        self._end: dict[str, tuple[RuleFuncBlockType, ...]] = {":": (rules["deflist"],)}
        for first, names in _BEGINS.items():
            own = tuple(rules[name] for name in names if rules[name] in enders)
            self._end[first] = (*own, rules["deflist"]) if first in _TERM_MARKS else own

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """Add the tokens of a text."""
        if not src:
            return None
        if READY in env:
            self._parse_ready(src, md, env, outTokens)
        else:
            state = _Lines(src, md, env, outTokens)
            self.tokenize(state, state.line, state.lineMax)
        return outTokens

    def _parse_ready(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        """Add the tokens of a text, those of the blocks that are told by their lines without any rule."""
        lines = split_lines(src)
        at = read_lines(lines, 0, tokens)
        state = _Lines(src, md, env, tokens) if at < len(lines) - 2 else None
        while state and (at := state.skipEmptyLines(at)) < state.lineMax:
            state.line = at
            self._read_block(state, at, state.lineMax)
            waiting = bool(tokens) and tokens[-1].type == "attrs_block"
            at = state.line if waiting else read_lines(lines, state.line, tokens)

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - overrides
        """Add the tokens of the lines from ``startLine`` to before ``endLine``."""
        is_too_deep = state.level >= state.md.options.maxNesting
        line = startLine
        had_blank_line = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                return
            if is_too_deep:
                state.line = endLine
                return
            self._read_block(state, line, endLine)
            state.tight = not had_blank_line
            line = state.line
            # A paragraph in a list may have taken the blank line behind it.
            had_blank_line = had_blank_line or (line - 1 < endLine and state.isEmpty(line - 1))
            if line < endLine and state.isEmpty(line):
                had_blank_line = True
                state.line = line = line + 1

    def _read_block(self, state: StateBlock, line: int, end: int) -> None:
        first = state.src[state.bMarks[line] + state.tShift[line]]
        is_code = state.sCount[line] - state.blkIndent >= _CODE_INDENT
        for rule in self._code if is_code else self._begin.get(first, ()):
            if rule(state, line, end, False):  # noqa: FBT003 - the shape of a rule
                return
        stop = self._paragraph_end(state, line)
        if stop:
            _push_paragraph(state, line, stop)
            return
        for rule in self._undecided:
            if rule(state, line, end, False):  # noqa: FBT003 - likewise
                return

    def _paragraph_end(self, state: StateBlock, line: int) -> int:
        """Return the line before which the paragraph at ``line`` ends, 0 if it may be something else."""
        source, begins, shifts, ends, indents = state.src, state.bMarks, state.tShift, state.eMarks, state.sCount
        kind, state.parentType = state.parentType, "paragraph"  # lists ask what they would interrupt
        last = state.lineMax
        stop = line + 1
        while stop < last:
            at = begins[stop] + shifts[stop]
            if at >= ends[stop]:
                break
            first = source[at]
            if first in _TURNS and indents[stop] >= state.blkIndent:
                stop = 0
                break
            enders = self._end.get(first)
            if (
                enders
                and 0 <= indents[stop] < state.blkIndent + _CODE_INDENT
                and any(rule(state, stop, last, True) for rule in enders)  # noqa: FBT003 - likewise
            ):
                break
            stop += 1
        state.parentType = kind
        # One line, and behind a blank one perhaps what it means.
        at = begins[stop + 1] + shifts[stop + 1] if stop == line + 1 < last else last
        return 0 if source[at : at + 1] in _TERM_MARKS else stop


class _Lines(StateBlock):
    """The lines of a text; where each begins and ends is found out for all at once."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):  # of a last line that does not end nothing is left
            del lines[-1]
        lengths = [len(line) for line in lines]
        begins = [0, *accumulate(length + 1 for length in lengths)]
        # The last entry is none of the lines.
        self.eMarks = [*map(add, begins, lengths), len(src)]
        self.bMarks = [*begins[:-1], len(src)]
        self.tShift = [0] * len(begins)
        self.sCount = self.tShift.copy()
        self.bsCount = self.tShift.copy()
        self.lineMax = len(lines)
        for number, line in enumerate(lines):
            if line[:1] in _SPACES:
                space = line[: len(line) - len(line.lstrip(" \t"))]
                self.tShift[number], self.sCount[number] = len(space), len(space.expandtabs(_CODE_INDENT))


def _push_paragraph(state: StateBlock, line: int, stop: int) -> None:
    level = state.level
    if level:
        lines = state.getLines(line, stop, state.blkIndent, False)  # noqa: FBT003 - the library's call
    else:  # of quotes, lists and notes all lines have something cut off; here they are one piece of the source
        lines = state.src[state.bMarks[line] : state.eMarks[stop - 1]]
    state.tokens += paragraph_tokens(mdTrim(lines), line, stop, level)
    state.line = stop
