"""What is wrong, where, and how to mend it: problems as values, from a closed list of codes."""

import re
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

T = TypeVar("T")


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the build, a warning does so under ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Diagnostic(Struct, frozen=True):
    """One problem. ``line`` and ``column`` count from 1; 0 means the file as a whole."""

    code: str
    message: str
    severity: Severity
    path: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""

    def at(self, path: str) -> "Diagnostic":
        """Return the same problem, found in the file ``path`` (stages that know no paths leave it empty)."""
        return replace(self, path=path)


class Checked(Struct, Generic[T], frozen=True):
    """A result together with the problems met on the way to it."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


class Code(Struct, frozen=True):
    """What a diagnostic code means and how it is mended; ``docs/diagnostics.md`` says the same."""

    severity: Severity
    meaning: str
    mend: str


def problem(  # noqa: PLR0913 - a diagnostic has these parts, and all but two are optional
    code: str,
    message: str,
    *,
    path: str = "",
    line: int = 0,
    column: int = 0,
    hint: str = "",
    severity: Severity | None = None,
) -> Diagnostic:
    """Return a diagnostic of a known code; its severity is the code's own unless given."""
    known = CODES[code]
    return Diagnostic(code, message, severity or known.severity, path, line, column, hint)


def not_utf8(error: UnicodeDecodeError) -> Diagnostic:
    """Return the problem that a file is not UTF-8 text, at the first byte that is not."""
    data = error.object
    before = re.sub("\r\n?", "\n", data[: error.start].decode())
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    guess = "it looks like UTF-16" if wide else "it may be Windows-1251, Windows-1252 or Latin-1"
    return problem(
        "encoding",
        f"the byte 0x{data[error.start]:02X} is not UTF-8 text",
        line=before.count("\n") + 1,
        column=len(before) - before.rfind("\n"),
        hint=f"{guess}; save the file with the encoding UTF-8",
    )


def sort_key(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    """Order by place, so that the same problems come in the same order whoever found them first."""
    return (diagnostic.path, diagnostic.line, diagnostic.column, diagnostic.code, diagnostic.message)


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CODES: dict[str, Code] = {
    # Files
    "encoding": Code(_E, "The file is not UTF-8 text.", "Save it as UTF-8 in the editor."),
    "unreadable": Code(
        _E, "The file or folder cannot be read.", "Check its permissions, or whether a symbolic link leads nowhere."
    ),
    "outside-site": Code(
        _E,
        "A symbolic link leads out of the site folder.",
        "Copy the file into the site; what is published must be in it.",
    ),
    "file-ignored": Code(
        _W,
        "A file or folder in `content/` stands where nothing is read.",
        "Move it into `content/articles/`, `content/pages/` or `content/authors/`, or begin its name with `_`.",
    ),
    # What is remembered, and what is published
    "site-busy": Code(_E, "Another build of the same site is running.", "Wait for it, or build without `--no-wait`."),
    "change-unfinished": Code(
        _W,
        "A command was killed while it changed files, and one of them was saved before the next could end its work.",
        "Make the change in this file by hand; the others are as the command left them.",
    ),
    "edit-refused": Code(
        _E,
        "A command would have to change a text in a way that it cannot, or that would break something else.",
        "Make the change by hand as the hint says; nothing was changed.",
    ),
    "file-changed": Code(
        _E,
        "A file was saved while a command was about to change it.",
        "Look at it, and give the command once more; nothing was changed.",
    ),
    "file-exists": Code(
        _E,
        "A command was to make a file where there is one already.",
        "Choose another name, or move that file away first; nothing was changed.",
    ),
    "unwritable": Code(
        _E,
        "A command could not change a file or folder.",
        "Check its permissions and the disk's space; nothing was changed.",
    ),
    "cache-rebuilt": Code(
        _N,
        "The folder `.gazepress/` was damaged, could not be written, or was left by another version of gazepress.",
        "Nothing: the site is right, the build only took longer. If it comes again, look at the disk's space.",
    ),
    "output-mended": Code(
        _N,
        "Published files had been changed or removed by somebody else, and have been restored.",
        "Change the article or the template instead: what is changed in the output folder goes with the next build.",
    ),
    # Pictures
    "picture-broken": Code(
        _E, "A picture cannot be read: it was cut short, or is no picture.", "Save it once more as JPEG or PNG."
    ),
    "picture-too-large": Code(
        _E, "A picture has more pixels than can be handled.", "Save it with at most 100 million pixels."
    ),
    "alt-missing": Code(
        _W,
        "A picture has no words for those who cannot see it.",
        'Say in `alt:` what it shows; write `alt: ""` if it only decorates.',
    ),
    "picture-elsewhere": Code(
        _W,
        "A picture comes from another site: pages load nothing from elsewhere, so browsers will not show it.",
        "Save it beside the text, if its owner allows it, and name that file.",
    ),
    # YAML: front matter and site.yaml
    "yaml-syntax": Code(
        _E, "The YAML cannot be read.", "Look at the place named; quote texts that hold a colon, `#` or quotes."
    ),
    "front-matter-missing": Code(
        _E,
        "The file does not start with front matter.",
        "Begin the file with a line `---`, then `title:` and the other keys, then a line `---`.",
    ),
    "front-matter-unclosed": Code(_E, "The front matter has no end.", "Close it with a line `---` before the text."),
    "duplicate-key": Code(_E, "A key is given twice.", "Keep one of the two."),
    "unknown-key": Code(
        _W,
        "A key that gazepress does not know. One by which other programs hold an article back is an error.",
        "Correct its spelling, or move your own data below `extra:`.",
    ),
    "missing-key": Code(_E, "A required key is missing.", "Add it."),
    "wrong-value": Code(
        _E, "A value is not of the kind that its key asks for.", "Write it as the message and the hint show."
    ),
    "contacts-expired": Code(
        _W,
        "The `expires` of `security` is past: nobody may use `security.txt` any more. In the 30 days before, a note.",
        "Check that the contacts still hold, and set a new time within a year (RFC 9116, section 2.5.5).",
    ),
    # Text
    "html-removed": Code(
        _W,
        "Raw HTML that is not allowed in articles was taken out.",
        "Write it as Markdown, or use only the elements listed in docs/writing.md.",
    ),
    "control-character": Code(
        _W,
        "The text holds a character that no page and no feed can show; � stands in its place.",
        "Remove it; control characters often come along when text is pasted.",
    ),
    "unsafe-link": Code(
        _W,
        "A link with an address scheme that is not allowed was unlinked.",
        "Use http, https, mailto or tel, or a path of the site.",
    ),
    "unsafe-svg": Code(
        _E,
        "An SVG drawing in the content holds a script or loads something from elsewhere.",
        "Save it as plain SVG without scripts, event handlers and outside references.",
    ),
    "unsafe-file": Code(
        _E,
        "A file in the content is of a kind that browsers may run, such as HTML.",
        "Offer it as PDF, or put it into `static/` if the publication itself answers for it.",
    ),
    "empty-text": Code(_W, "The article has no text below its front matter.", "Write it, or set `status: draft`."),
    # References
    "reference-unknown": Code(
        _E,
        "A reference leads to no article or page.",
        "Correct the title, slug or path; the hint names the nearest ones.",
    ),
    "reference-ambiguous": Code(
        _E, "A reference fits several articles.", "Name the one that is meant by its slug or its path."
    ),
    "reference-held": Code(
        _E,
        "A public article refers to one that is held back (a draft, an embargo, a future date).",
        "Take the reference out until then, or hold this article back as well.",
    ),
    "link-broken": Code(
        _E, "A link to a path of this site that the build does not make.", "Correct the path, or remove the link."
    ),
    "fragment-unknown": Code(
        _E,
        "A link to a heading or place (`#…`) that is not there.",
        "Use an id of the target; the hint names the nearest.",
    ),
    "file-missing": Code(
        _E, "A picture or file that an article names is not there.", "Correct the path, or add the file."
    ),
    "self-reference": Code(_W, "An article refers to itself.", "Remove the reference, or name the one that is meant."),
    "earlier-unlinked": Code(
        _N,
        "A phrase such as “As … reported earlier” has no link to the earlier report.",
        "Link the report inside the sentence or set `follows:`; the hint names the likeliest.",
    ),
    "source-proposed": Code(
        _N,
        "The text names a source that the front matter does not list.",
        "Add it to `sources:` as the hint shows.",
    ),
    # Graph
    "storyline-cycle": Code(
        _E, "Reports follow each other in a circle.", "Remove one of the `follows:` or earlier-coverage links named."
    ),
    "follows-newer": Code(
        _W, "A report follows one that is newer than itself.", "Check the two dates, or turn the reference around."
    ),
    "translation-chain": Code(
        _E,
        "An article is named as the translation of one that is a translation itself.",
        "Name the original; all its translations belong together.",
    ),
    "translation-language": Code(
        _E,
        "Two texts of one language are an article and its translation, or translations of one article.",
        "Set `lang:` of each, or take `translates:` out of one.",
    ),
    "tags-similar": Code(_N, "Two tags differ by very little.", "Use one spelling if they mean the same."),
    # Plan
    "url-collision": Code(
        _E, "Two outputs want the same address.", "Give one of the two sources another `slug:`, or remove the alias."
    ),
    "id-taken": Code(
        _E,
        "Two articles have the same identity in feeds, so that feed readers would show only one.",
        "Give one of the two another `id:`, or remove it.",
    ),
    # Checks of the desk
    "check-unknown": Code(
        _W,
        "A code below `checks:` or `ignore:` is none that there is.",
        "Correct its spelling; docs/checks.md and docs/diagnostics.md list all codes.",
    ),
    # Addresses that stay
    "url-lost": Code(
        _E,
        "An address was published, as `urls.lock` says, and nothing would answer there any longer.",
        "Name it in `aliases:` of the text that took its place, or below `redirects: {moved: …}` in `site.yaml`; or "
        "let it go with `--accept-lost`. [Addresses](addresses.md) shows each way.",
    ),
    "redirect-loop": Code(
        _E, "Redirects lead to each other in a circle.", "Correct `redirects: {moved: …}` in `site.yaml`."
    ),
    "list-gone": Code(
        _N,
        "A section, tag or author has no page any more, and there is a new one: it may have got another name by hand.",
        "Say where it has gone: `redirects: {moved: …}` in `site.yaml`; `gazepress mv` does that by itself.",
    ),
    "redirect-unused": Code(
        _N,
        "A list is to lead elsewhere, as `redirects: {moved: …}` says, and has articles: readers get the list.",
        "Take the redirect out, or the articles out of the list: a tag may be spelled as before somewhere.",
    ),
    "redirects-many": Code(
        _N,
        "There are more redirects than the host takes in one file of rules.",
        "Nothing is lost where a page stands for each; for the others, ask the host how to set more.",
    ),
    "lock-damaged": Code(
        _E,
        "A line of `urls.lock` cannot be read; most often git could not join two versions.",
        "Keep the lines of both versions and delete the marks between them; the order of lines does not matter.",
    ),
    "lock-unwritten": Code(
        _W,
        "New addresses could not be recorded in `urls.lock`.",
        "Let the build write into the site folder, and build again.",
    ),
    # Words of the theme
    "words-missing": Code(
        _W,
        "The theme has no words, or not all of them, in a language of the site; others stand in for them.",
        "Write them below `words:` in `site.yaml`, as docs/languages.md shows.",
    ),
    # Templates
    "template-missing": Code(
        _E, "A template that another one names does not exist.", "Correct its name, or add the file to `templates/`."
    ),
    "template-syntax": Code(_E, "A template cannot be read.", "Look at the place named."),
    "template-failed": Code(
        _E, "A template failed while it drew a page.", "Use only what docs/templates.md lists for it."
    ),
    # Output
    "output-refused": Code(
        _E,
        "The output folder cannot be used: it holds files of somebody else, or lies where it must not.",
        "Choose another `--output`, or allow it once with `--force`.",
    ),
    "output-foreign": Code(
        _W,
        "Files in the output folder that gazepress did not write; they are left alone.",
        "Move them to `static/` if they belong to the site, or delete them.",
    ),
    "output-failed": Code(
        _E, "A file of the output could not be written.", "Check the free space and the permissions, and build again."
    ),
    "search-failed": Code(
        _E,
        "The search index could not be made.",
        "Install Pagefind with `pip install 'gazepress[search]'`, or set `search: off`; else do what the message says.",
    ),
    "worker-died": Code(
        _E, "A worker process ended while it worked on a file.", "Build again with `--jobs 1`; tell us if it recurs."
    ),
}
