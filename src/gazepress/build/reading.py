"""What all texts of a site say: parsed now, or known from an earlier build."""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from gazepress.build.keys import document_key, text_keys
from gazepress.build.remembered import KnownText, KnownTexts, Wording
from gazepress.build.store import DamagedError, Place, Store
from gazepress.diagnostics import Diagnostic, problem
from gazepress.digest import digest_bytes, digest_record
from gazepress.documents import Document, Parsed, ParseOptions
from gazepress.matter import FrontMatter, Layout, Matter
from gazepress.phrases import BUILT_IN_PHRASES
from gazepress.settings import Settings
from gazepress.sources import SourceFile, SourceKind

TEXTS = (SourceKind.ARTICLE, SourceKind.PAGE, SourceKind.AUTHOR, SourceKind.LAYOUT)

_KNOWN = "texts"  # the name of a record
_SHELVES = 16
"""The records that documents are kept in, by the first digit of their keys: an edit writes one of them anew."""

_IDLE_BUILDS = 20
"""Builds after which a text that none of them needed is forgotten: another branch may come back until then."""

Map = Callable[[str, Callable[[SourceFile], "ReadText"], Sequence[SourceFile], Sequence[str]], "list[ReadText]"]
"""(stage, work, items, their names) → results"""

_document = msgspec.msgpack.Decoder(Document)
_parsed = msgspec.msgpack.Decoder(Parsed)
_encode = msgspec.msgpack.encode
_NOTHING = Wording("", "")


class ReadText(Struct, frozen=True, array_like=True):
    """What reading one text gave; where it could not be read, only the diagnostics and the seconds that it took."""

    key: str
    document_key: str
    document: bytes
    place: Place | bytes | None
    wording: Wording
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


class Library:
    """The parsed texts of a site. Only their documents are at hand; a whole text is fetched when it is asked for."""

    def __init__(self, site: Path, settings: Settings, store: Store) -> None:
        self.keys: dict[str, str] = {}  # path of a text that could be read → its key
        self.wordings: dict[str, Wording] = {}  # likewise
        self.diagnostics: list[Diagnostic] = []
        self.unread: list[str] = []  # paths of texts that could not be read
        self.parsed: list[tuple[str, float]] = []  # path, seconds
        self.lost = False  # whether a text that was remembered had to be parsed once more
        self.site = site
        self._kinds: dict[str, SourceKind] = {}
        self.options = _parse_options(settings)
        self._key = text_keys(self.options)
        self._store = store
        self._known = store.load(_KNOWN, KnownTexts) or KnownTexts()
        self._fresh: dict[str, Document] = {}

    def read(self, files: Iterable[SourceFile], run: Map) -> None:
        """Read all texts among ``files``, by ``run`` those that are not known."""
        texts = [file for file in files if file.kind in TEXTS]
        self._kinds = {file.path: file.kind for file in texts}
        known = self._known.texts
        found = {file.path: self._key(file.kind, file.digest) for file in texts}
        unknown = [file for file in texts if found[file.path] not in known]
        results = run("parse", self._read_anew, unknown, [file.path for file in unknown])
        for file, result in zip(unknown, results, strict=False):
            self.parsed.append((file.path, result.seconds))
            found[file.path] = result.key
            if result.place is None:
                self.unread.append(file.path)
                self.diagnostics += (one.at(file.path) for one in result.diagnostics)
            else:
                self._fresh[result.key] = _document.decode(result.document)
                known[result.key] = KnownText(result.document_key, result.place, result.wording, result.diagnostics)
        for path, key in found.items():
            if key in known:
                self.keys[path] = key
                self.wordings[path] = known[key].wording
                self.diagnostics += (one.at(path) for one in known[key].diagnostics)

    @property
    def reading(self) -> str:
        """What stands for the way in which texts are read, as far as settings shape it."""
        return digest_record(self.options)

    def document_keys(self, told: Collection[str]) -> dict[str, str]:
        """Return by path the key of each text's document; of the texts ``told`` that of all that is in them.

        A document's key leaves out its places, so that a body whose lines move is no news to others; whoever has told
        of such places must know when they have moved.
        """
        known = self._known.texts
        return {path: known[key].document for path, key in self.keys.items()} | {
            path: self.keys[path] for path in told if path in self.keys
        }

    def documents(self) -> dict[str, Document]:
        """Return the documents of all texts by path."""
        known = dict(self._fresh)
        for digit in range(_SHELVES):
            known |= self._shelf(digit)
        found: dict[str, Document] = {}
        for path, key in self.keys.items():
            document = known.get(key)
            if document is None:  # the record that it was in is lost; from here on there is one again
                document = self._fresh[key] = self.whole(path).document
            found[path] = document
        return found

    def whole(self, path: str) -> Parsed:
        """Return a text with its body. What has been lost is parsed once more."""
        place = self._known.texts[self.keys[path]].place
        try:
            return _parsed.decode(place if isinstance(place, bytes) else self._store.read(place))
        except (DamagedError, msgspec.MsgspecError):
            self.lost = self._store.found_damage = True
            from gazepress.stages.parse import parse

            again = parse(self._kinds[path], (self.site / path).read_bytes(), self.options).value
            assert again is not None
            return again

    def unsound(self, file: str, digest: str) -> Sequence[Diagnostic]:
        """Return what forbids to publish a file that lies beside texts; what was sound once is not looked at again."""
        name = f"{digest} {file.rpartition('.')[2]}"
        if name in self._known.sound:
            return ()
        from gazepress.stages.parse.media import check_media

        found = tuple(check_media(file, (self.site / file).read_bytes()))
        if not found:
            self._known.sound.add(name)
        return found

    def save(self) -> None:
        """Remember all texts for the next build, and forget what none has needed for long."""
        used = set(self.keys.values())
        texts: dict[str, KnownText] = {}
        for key, text in self._known.texts.items():
            text.idle = 0 if key in used else text.idle + 1
            if text.idle <= _IDLE_BUILDS:
                texts[key] = text
        self._known.texts = texts
        moves = self._store.tidy([text.place for text in texts.values() if isinstance(text.place, Place)])
        for text in texts.values() if moves else ():
            if isinstance(text.place, Place):
                text.place = moves.get(text.place, text.place)
        shelves: dict[int, dict[str, Document]] = {}
        for key, document in self._fresh.items():
            shelves.setdefault(int(key[0], _SHELVES), {})[key] = document
        for digit, fresh in shelves.items():
            documents = self._shelf(digit) | fresh
            self._store.save(_shelf_name(digit), {key: one for key, one in documents.items() if key in texts})
        if self._store.save(_KNOWN, self._known):
            packs = {text.place.pack for text in texts.values() if isinstance(text.place, Place)}
            self._store.drop_packs(packs)

    def forget(self) -> None:
        """Let the next build parse all texts anew; this one knows them to its end."""
        if self._store.save(_KNOWN, KnownTexts()):
            self._store.drop_packs(frozenset())

    def _shelf(self, digit: int) -> dict[str, Document]:
        return self._store.load(_shelf_name(digit), dict[str, Document]) or {}

    def _read_anew(self, file: SourceFile) -> ReadText:
        from gazepress.stages.parse import parse

        start = time.perf_counter()
        try:
            # Half the time of Path.read_bytes, and all texts of a clean build come through here.
            with open(f"{self.site}/{file.path}", "rb", buffering=0) as stream:  # noqa: PTH123
                data = stream.read()
        except OSError as error:  # it was there a moment ago
            gone = (problem("unreadable", f"the file cannot be read: {error.strerror}"),)
            key = self._key(file.kind, file.digest)
            return ReadText(key, "", b"", None, _NOTHING, gone, time.perf_counter() - start)
        checked = parse(file.kind, data, self.options)
        key = self._key(file.kind, digest_bytes(data))  # not of file.digest: it may have been saved again meanwhile
        if checked.value is None:
            return ReadText(key, "", b"", None, _NOTHING, checked.diagnostics, time.perf_counter() - start)
        whole = _encode(checked.value)
        place = self._store.append(whole) or whole
        document = checked.value.document
        wording = Wording(checked.value.said, _told(document.matter))
        taken = time.perf_counter() - start
        return ReadText(key, document_key(document), _encode(document), place, wording, checked.diagnostics, taken)


def _shelf_name(digit: int) -> str:
    return f"documents-{digit:x}"


def _told(matter: Matter | Layout) -> str:
    """Return what stands for all by which an article tells readers that it is no longer as it was."""
    if not isinstance(matter, FrontMatter) or not (matter.updated or matter.corrections):
        return ""
    return digest_bytes(_encode((matter.updated, matter.corrections)))


def other_files(files: Iterable[SourceFile]) -> list[SourceFile]:
    """Return the files that a plan rests on besides the texts."""
    return [file for file in files if file.kind not in TEXTS and file.kind is not SourceKind.TEMPLATE]


def _parse_options(settings: Settings) -> ParseOptions:
    languages = sorted({settings.language, *BUILT_IN_PHRASES, *settings.phrases})
    phrases = {language: settings.phrases_for(language) for language in languages}
    return ParseOptions(settings.timezone, settings.language, phrases)
