"""YAML text as nodes that know their places, or the one reason why it is no YAML, in an editor's words."""

import re

import yaml
from msgspec import Struct

from gazepress.diagnostics import Diagnostic, problem

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""A character that no page or feed may hold. YAML takes it only as an escape in double quotes."""

_OLD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_LINE_END = re.compile("\r\n|\r|\n")
_START = yaml.Mark("", 0, 0, 0, None, 0)
_MAX_SHOWN = 120
_TAGS: dict[type[yaml.Node], str] = {
    yaml.ScalarNode: yaml.CBaseLoader.DEFAULT_SCALAR_TAG,
    yaml.SequenceNode: yaml.CBaseLoader.DEFAULT_SEQUENCE_TAG,
    yaml.MappingNode: yaml.CBaseLoader.DEFAULT_MAPPING_TAG,
}


class _Loader(yaml.CBaseLoader):
    """A loader that finds the same tags as its parent, who looks for other ones in empty tables."""

    def resolve(self, kind: type[yaml.Node], _value: str | None, _implicit: object) -> str:
        return _TAGS[kind]

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def compose(text: str, first_line: int = 1) -> yaml.Node | Diagnostic:
    """Return the root node of YAML ``text``, its scalars as text; a ``yaml-syntax`` problem if it has none.

    Text with nothing in it is an empty mapping. ``first_line`` is the line of the file on which ``text`` begins.
    """
    # YAML 1.1 ends lines at NEL, LS and PS. No editor counts them as lines, and they come along when text is pasted.
    text = text if text.isascii() else _OLD_LINE_ENDS.sub(" ", text)
    try:
        root = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        return _syntax_problem(error, text, first_line)
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        return _character_problem(text, first_line)
    return root or yaml.MappingNode("tag:yaml.org,2002:map", [], _START, _START)


class _Fault(Struct, frozen=True):
    """What libyaml says, and what it means to an editor. No hint: the text is to be quoted."""

    said: str
    message: str
    hint: str = ""
    at_begin: bool = False  # of what was being read, and not where it could be read no further


_FAULTS = (
    _Fault("mapping values are not allowed", "a colon is not expected here"),
    _Fault(
        "could not find expected ':'",
        "there is no colon after the key",
        "write `key: value`; a text that goes on is indented",
        at_begin=True,
    ),
    _Fault("did not find expected key", "a key is expected here"),
    _Fault(
        "did not find expected '-' indicator",
        "an entry of the list is expected here",
        "start it with `- ` as the others",
    ),
    _Fault("did not find expected ',' or ']'", "this list is not closed", "end it with `]`", at_begin=True),
    _Fault("did not find expected ',' or '}'", "these keys are not closed", "end them with `}`", at_begin=True),
    _Fault("did not find expected node content", "a value is expected here", "write it, and close every bracket"),
    _Fault("found unexpected end of stream", "this quote is not closed", "end it with the same quote", at_begin=True),
    _Fault("cannot start any token", "a text cannot start with this character"),
    _Fault("did not find expected alphabetic or numeric character", "a text cannot start with `*` or `&`"),
    _Fault("found undefined alias", "a text cannot start with `*`"),
    _Fault("found undefined tag handle", "a text cannot start with `!`"),
    _Fault("tab character", "a tab stands where only spaces can", "indent with spaces"),
    _Fault("unknown escape character", "`\\` has a meaning in double quotes", "use single quotes"),
    _Fault("invalid Unicode character escape code", "this escape is no character", "write the character itself"),
    _Fault("found another document", "more follows where the YAML has ended", "remove the line `---`"),
    _Fault("expected <document start>", "more follows where the YAML has ended", "remove the line `...`"),
    _Fault("exceeded maximum nesting depth", "too many lists or keys inside each other", "write it flatter"),
)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Diagnostic:
    said = error.problem or ""
    unknown = _Fault(said, said or "this cannot be read")
    fault = next((fault for fault in _FAULTS if fault.said in said), unknown)
    mark = (fault.at_begin and error.context_mark) or error.problem_mark or _START
    lines = _LINE_END.split(text.rstrip("\r\n"))
    number, column = min((mark.line, mark.column), (len(lines) - 1, len(lines[-1])))  # libyaml goes on to the next line
    line = lines[number]
    hint = fault.hint
    if fault is not unknown and not hint:
        hint = _quoting(line)
    if "cannot start any token" in said and line[column : column + 1] == "\t":
        hint = "indent with spaces, not tabs"
    return problem("yaml-syntax", fault.message, line=number + first_line, column=column + 1, hint=hint)


def _quoting(line: str) -> str:
    """Return how to write a line whose text needs quotes; where nothing in it does, what else may be the matter."""
    match = re.fullmatch(r"(\s*- +[a-z_]+: +|\s*- +|[^:]*: +)(.*)", line)
    key, text = match.groups() if match else ("", line)
    if not match or not (": " in text or text[:1] in tuple("'\"[]{}*&!@`%|>#,?:-")):
        return "keys that belong together start in the same column; is there a colon after the key above?"
    text = text.strip()
    if text[:1] in ("'", '"') and text[-1:] == text[:1]:  # quotes inside quotes of the same kind
        text = text[1:-1]
    quoted = "'" + text.replace("'", "''") + "'"
    return f"quote the text: {key.strip()} {quoted}" if len(line) <= _MAX_SHOWN else "quote the text"


def _character_problem(text: str, first_line: int) -> Diagnostic:
    match = CONTROL.search(text)
    assert match is not None
    before = text[: match.start()]
    last_line = _LINE_END.split(before)[-1]
    return problem(
        "yaml-syntax",
        f"a character that YAML does not allow: U+{ord(match.group()):04X}",
        line=len(_LINE_END.findall(before)) + first_line,
        column=len(last_line) + 1,
        hint="remove it; control characters often come along when text is pasted",
    )
