"""What do all answers need to know? The site as it was last read, and the text that is asked about."""

import re

from msgspec import Struct

from gazepress.desk.lsp.archive import Archive
from gazepress.desk.lsp.spots import Reference, reference_at
from gazepress.desk.lsp.text import Place, Text
from gazepress.documents import ParseOptions
from gazepress.phrases import Phrases
from gazepress.settings import SETTINGS_FILE
from gazepress.sources import SourceKind
from gazepress.stages.discover import kind_of
from gazepress.stages.parse.text import phrases_of

_LANGUAGE = re.compile(r"lang: *[\"']?([A-Za-z-]+)")


class Context(Struct, frozen=True):
    """A text in an editor, unsaved as it may be, and the site around it."""

    archive: Archive
    text: Text

    @property
    def kind(self) -> SourceKind | None:
        """Return what the text is for; None for the settings."""
        return None if self.text.path == SETTINGS_FILE else kind_of(self.text.path)

    @property
    def options(self) -> ParseOptions:
        """Return what reading a text of the site depends on."""
        return self.archive.newsroom.library.options

    @property
    def phrases(self) -> Phrases:
        """Return the set phrases of the text's language, whether or not its front matter can be read."""
        found = (_LANGUAGE.match(self.text.lines[row]) for row in self.text.front)
        language = next((match[1] for match in found if match), self.options.language)
        return phrases_of(language, self.options)

    def reference(self, place: Place) -> Reference | None:
        """Return the reference at a place, if there is one."""
        return reference_at(self.text, self.kind, self.options, place) if self.kind else None

    def target(self, reference: Reference) -> tuple[str, str]:
        """Return the file that a reference leads to and the place in it; both may be empty."""
        written, path = reference.ref.target, self.text.path
        address, _, fragment = written.partition("#")
        if not address:
            return path, fragment
        if address.startswith("/"):
            return self.archive.at.get(address, ""), fragment
        files = self.archive.lookup.find(written, path, articles_only=reference.articles_only)
        whole = files and self.archive.lookup.find(address, path) != files  # the title itself holds a `#`
        return (files[0] if len(files) == 1 else ""), "" if whole else fragment
