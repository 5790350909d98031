"""What does one file say? Bytes in; a document that knows no path, or every reason why there is none, out."""

import json
import re

from gazepress.diagnostics import Checked, Diagnostic, Severity, not_utf8, problem, sort_key
from gazepress.documents import Body, Document, Parsed, ParseOptions, Phrase, Ref, RefKind, references_in
from gazepress.folding import fold
from gazepress.matter import AuthorMatter, FrontMatter, Matter, PageMatter, Status, one_line
from gazepress.sources import SourceKind
from gazepress.stages.parse.addresses import Where, classify_picture, picture_elsewhere
from gazepress.stages.parse.frontmatter import Front, read_front_matter
from gazepress.stages.parse.layout import parse_layout
from gazepress.stages.parse.text import Reading, read_text

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n?")


def parse(kind: SourceKind, data: bytes, options: ParseOptions) -> Checked[Parsed | None]:
    """Return what the bytes of an article, a standing page, an author's file or a layout hold.

    If anything is an error there is nothing, and the diagnostics name all problems of front matter and text.
    They leave ``path`` empty; line and column count from 1 in the whole file.
    """
    try:
        text = data.removeprefix(_BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError as error:
        return Checked(None, (not_utf8(error),))
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    if kind is SourceKind.LAYOUT:
        return parse_layout(text)
    front, reading = _read(kind, text, options)
    matter = front.matter
    problems = [*front.problems, *reading.problems]
    problems += _foreign_picture(matter)
    if isinstance(matter, FrontMatter):
        problems += _missing_text(matter, reading, front.text_line)
        problems += _proposed_sources(matter, reading.attributions)
    problems.sort(key=sort_key)
    broken = matter is None or any(found.severity is Severity.ERROR for found in problems)
    return Checked(None if broken or matter is None else _parsed(matter, reading), tuple(problems))


def find_refs(kind: SourceKind, text: str, options: ParseOptions) -> tuple[Ref, ...]:
    """Return the references of a text while it is being written: all that can be read, whatever is wrong with the rest.

    Line and column count from 1 in the whole text.
    """
    text = _LINE_END.sub("\n", text)
    if kind is SourceKind.LAYOUT:
        layout = parse_layout(text).value
        return layout.document.refs if layout else ()
    front, reading = _read(kind, text, options)
    return (*reading.refs, *(_front_matter_refs(front.matter) if front.matter else ()))


def _read(kind: SourceKind, text: str, options: ParseOptions) -> tuple[Front, Reading]:
    front = read_front_matter(kind, text, options)
    matter = front.matter
    language = (matter.lang if matter and not isinstance(matter, AuthorMatter) else "") or options.language
    return front, read_text(front.text, front.text_line, language, options)


def _parsed(matter: Matter, reading: Reading) -> Parsed:
    is_article = isinstance(matter, FrontMatter)
    document = Document(
        matter=matter,
        refs=(*reading.refs, *_front_matter_refs(matter)),
        fragments=reading.fragments,
        summary=one_line(matter.summary) or reading.summary,
        attributions=reading.attributions if is_article else (),
        earlier=reading.earlier if is_article else (),
    )
    return Parsed(document, Body(reading.body.parts, reading.headings, reading.words), reading.said)


def _front_matter_refs(matter: Matter) -> list[Ref]:
    image = None if isinstance(matter, PageMatter) else matter.image
    is_ours = image is not None and classify_picture(image.src.text)[0] is Where.SITE
    named = [(RefKind.PICTURE, image.src)] if image is not None and is_ours else []
    if isinstance(matter, FrontMatter):
        named += [(kind, one) for kind, _, one in references_in(matter)]
    return [Ref(kind, one.text.strip(), one.line, one.column) for kind, one in named]


def _foreign_picture(matter: Matter | None) -> list[Diagnostic]:
    image = None if matter is None or isinstance(matter, PageMatter) else matter.image
    if image is None or classify_picture(image.src.text)[0] is not Where.ELSEWHERE:
        return []
    code, message, hint = picture_elsewhere(image.src.text.strip())
    return [problem(code, message, line=image.src.line, column=image.src.column, hint=hint)]


def _missing_text(matter: FrontMatter, reading: Reading, line: int) -> list[Diagnostic]:
    if reading.body.parts or matter.status is not Status.READY:
        return []
    hint = "write it below the second `---`, or set `status: draft`"
    return [problem("empty-text", "the article has no text", line=line, column=1, hint=hint)]


def _proposed_sources(matter: FrontMatter, attributions: tuple[Phrase, ...]) -> list[Diagnostic]:
    """Return a note for each source that the text names and the front matter does not list."""
    listed = [fold(source.name) for source in matter.sources]
    notes = []
    for named in attributions:
        folded = fold(named.text)
        if any(folded in known or known in folded for known in listed if known):
            continue
        listed.append(folded)
        entry = f"{{name: {json.dumps(named.text, ensure_ascii=False)}}}"
        hint = (
            f"add to `sources:` the entry {entry}" if matter.sources else f"add to the front matter: sources: [{entry}]"
        )
        message = f"the text names a source that is not listed: {named.text}"
        notes.append(problem("source-proposed", message, line=named.line, column=named.column, hint=hint))
    return notes
