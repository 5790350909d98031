"""What does a text hold? Its body with holes, references, headings, phrases and problems, step by step."""

from collections.abc import Sequence

from markdown_it.token import Token
from msgspec import Struct

from gazepress.diagnostics import Diagnostic
from gazepress.digest import digest_bytes
from gazepress.documents import Body, Heading, ParseOptions, Phrase, Ref
from gazepress.phrases import Phrases
from gazepress.stages.parse.cards import make_cards
from gazepress.stages.parse.ledger import Ledger
from gazepress.stages.parse.markdown import foreign_character, is_printable, tokenize
from gazepress.stages.parse.phrases import Found, Paragraph, find_phrases
from gazepress.stages.parse.plain import count_words, on_one_line, plain_text, shorten, without_tags
from gazepress.stages.parse.readmore import split_read_more
from gazepress.stages.parse.ready import Ready
from gazepress.stages.parse.references import resolve_references
from gazepress.stages.parse.render import merge, render
from gazepress.stages.parse.sanitize import clean
from gazepress.stages.parse.structure import arrange, name_headings, open_boxes, reserve_footnote_ids


class Reading(Struct, frozen=True):
    """All that the text below the front matter says by itself."""

    body: Body
    refs: tuple[Ref, ...]
    headings: tuple[Heading, ...]
    fragments: tuple[str, ...]
    summary: str
    words: int
    said: str
    attributions: tuple[Phrase, ...]
    earlier: tuple[Phrase, ...]
    problems: tuple[Diagnostic, ...]


def read_text(text: str, first_line: int, language: str, options: ParseOptions) -> Reading:
    """Return what a text in a language says; it begins on ``first_line`` of its file, its line ends are LF."""
    ledger = Ledger(text, first_line)
    printable = is_printable(text)
    if not printable:
        _tell_of_foreign(text, first_line, ledger)
    phrases = phrases_of(language, options)
    tokens = open_boxes(tokenize(text, ready=True, printable=printable))
    reserve_footnote_ids(tokens, ledger)
    tokens = split_read_more(tokens, phrases.read_more, ledger)
    raw = resolve_references(tokens, ledger)
    tokens = make_cards(tokens, ledger)
    headings = name_headings(tokens, ledger, language)
    paragraphs, texts = _listen(tokens)
    printable = printable and "&" not in text  # what stands for another character begins with it
    whole = on_one_line("\n".join(texts), printable=printable)
    # Folded piece by piece: those that hold ASCII alone, most of them in many languages, take a tenth of the time.
    folded = on_one_line("\n".join([piece.casefold() for piece in texts]), printable=printable)
    found = find_phrases(paragraphs, folded, phrases, ledger)
    summary = _summary(paragraphs, found)
    parts = [*render(arrange(tokens)), raw.end()]
    if raw.places:
        parts, lost = clean(parts, "hole" + digest_bytes(text.encode()), raw.places)
        ledger.problems += lost
    return Reading(
        Body(merge(parts)),
        tuple(ledger.refs),
        headings,
        ledger.fragments,
        summary,
        count_words(whole),
        digest_bytes(whole.encode()),
        found.attributions,
        found.earlier,
        tuple(ledger.problems),
    )


def phrases_of(language: str, options: ParseOptions) -> Phrases:
    """Return the set phrases of a text in a language: those of the language, of what it begins with, or of the site."""
    for known in (language, language.partition("-")[0], options.language):
        if known in options.phrases:
            return options.phrases[known]
    return Phrases()


def _tell_of_foreign(text: str, first_line: int, ledger: Ledger) -> None:
    found = foreign_character(text)
    if found:
        line, column = text.count("\n", 0, found.start()), found.start() - text.rfind("\n", 0, found.start())
        message = f"the text holds a character that nothing can show, U+{ord(found[0]):04X}; � stands in its place"
        hint = "remove it; control characters often come along when text is pasted"
        ledger.report((line + first_line, column), "control-character", message, hint)


def _summary(paragraphs: Sequence[Paragraph | Ready], found: Found) -> str:
    """Return the first paragraph of the text itself that says more than where the report comes from."""
    for number, paragraph in enumerate(paragraphs):
        if paragraph.is_main and number not in found.bare and paragraph.text.strip():
            return shorten(paragraph.text)
    return ""


def _listen(tokens: Sequence[Token]) -> tuple[list[Paragraph | Ready], list[str]]:
    """Return the paragraphs, and the plain text of every block."""
    paragraphs: list[Paragraph | Ready] = []
    texts: list[str] = []
    is_note = False
    opening: Token | None = None
    for token in tokens:
        kind = token.type
        if kind == "ready":
            paragraphs += token.meta["blocks"]
            texts += [block.text for block in token.meta["blocks"]]
        elif kind == "paragraph_open":
            opening = token
        elif kind == "inline":
            texts.append(plain_text(token.children))
            if opening:
                paragraphs.append(Paragraph(token, texts[-1], is_main=opening.level == 0 and not is_note))
                opening = None
        elif kind in ("fence", "code_block"):
            texts.append(token.content)
        elif kind == "html_block":
            texts.append(without_tags("".join(part for part in token.meta["parts"] if isinstance(part, str))))
        elif kind == "footnote_block_open":
            is_note = True
    return paragraphs, texts
