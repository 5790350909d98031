"""What went wrong in a template, where, and which name was probably meant: exceptions as diagnostics."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from jinja2 import StrictUndefined, TemplateNotFound, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.utils import missing

from gazepress.diagnostics import Diagnostic, problem
from gazepress.model import Page
from gazepress.words import UnknownWordError

_LONGEST = 300


class UnknownNameError(UndefinedError):
    """A template asked for a name that is not there: of ``owner``, or of the page when that is ``missing``."""

    def __init__(self, owner: object, name: object) -> None:
        super().__init__(f"{name!r} is not there")
        self.owner = owner
        self.name = name


class FieldUndefined(StrictUndefined):
    """What a wrong name in a template stands for: any use of it raises UnknownNameError."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        """Jinja asks for the words of its error here; ours knows the name and its owner, for a hint."""
        if self._undefined_hint:  # a macro left out, a block that has no parent
            return self._undefined_hint
        raise UnknownNameError(self._undefined_obj, self._undefined_name)

    __round__ = __reversed__ = StrictUndefined.__iter__  # what filters do besides, and Jinja has not thought of


def render_problem(error: Exception, output: Page, templates: Mapping[str, str], names: Sequence[str]) -> Diagnostic:
    """Return the problem that a page could not be drawn, at the place in the innermost template.

    ``templates`` are the sources by path, ``names`` what templates can be called by.
    """
    path, line = _place(error, templates)
    column = 0
    match error:
        case UnknownNameError(name=int(index)):
            message, hint = f"there is no entry [{index}]", "the list is shorter; ask for its length first"
        case UnknownNameError(owner=owner, name=str(name)):
            written, column = _as_written(templates.get(path, ""), line, name)
            message, hint = f"{written!r} is not known", _known_names(owner, name, output)
        case UnknownWordError(key=key, known=known):
            message, column = str(error), _as_written(templates.get(path, ""), line, key)[1]
            hint = did_you_mean(key, known)
        case TemplateNotFound(name=str(name)):
            message, hint = f"there is no template {name!r}", did_you_mean(name, names)
        case RecursionError():
            message, hint = "templates or macros call each other without end", "look at what this line calls"
        case TemplateRuntimeError() | TemplateSyntaxError():
            message, hint = str(error.message), ""
        case _:
            message, hint = f"{type(error).__name__}: {error}", ""
    source = f", made from {output.sources[0]}" if output.sources else ""
    message = f"{_one_line(message)} (while drawing {output.url}{source})"
    return problem("template-failed", message, path=path, line=line, column=column, hint=hint)


def syntax_problem(error: Exception, path: str) -> Diagnostic:
    """Return the problem that a template cannot be read."""
    if isinstance(error, TemplateSyntaxError):
        return problem("template-syntax", _one_line(error.message or ""), path=path, line=error.lineno)
    if isinstance(error, RecursionError | MemoryError | SyntaxError):
        return problem("template-syntax", "the template is too deeply nested", path=path)
    return problem("template-syntax", _one_line(f"{type(error).__name__}: {error}"), path=path)


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """Return the hint that names what is nearest to ``name``, or all that is known if nothing is near."""
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}" if known else ""


def _place(error: Exception, templates: Mapping[str, str]) -> tuple[str, int]:
    """Return path and line of the innermost template on the way to the error; Jinja gives its frames those of it."""
    if isinstance(error, TemplateSyntaxError) and error.filename in templates:
        return str(error.filename), error.lineno
    place = ("", 0)
    step = error.__traceback__
    while step is not None:
        path = step.tb_frame.f_code.co_filename
        if path in templates:
            place = (path, step.tb_lineno)
        step = step.tb_next
    return place


def _as_written(source: str, line: int, name: str) -> tuple[str, int]:
    """Return the expression that asked for ``name`` as its line has it (``article.titel``), and its column."""
    lines = source.splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    match = re.search(rf"(?:\w+(?:\[\w+\])?\.)*\b{re.escape(name)}\b", text)
    return (match[0], match.start() + 1) if match else (name, 0)


def _known_names(owner: Any, name: str, output: Page) -> str:  # noqa: ANN401 - anything that a template can hold
    if owner is missing:
        owner = output.view
    if owner is None:
        return "there is none here; ask first, with {% if … %}"
    if isinstance(owner, dict):
        return did_you_mean(name, tuple(map(str, owner))) or 'not every text has it: write |default("") behind it'
    return did_you_mean(name, getattr(owner, "__struct_fields__", ()))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:_LONGEST]
