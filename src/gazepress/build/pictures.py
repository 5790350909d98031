"""What is known of the pictures of a site, and the forms of them that have been made already.

Making a picture takes a hundred times as long as a page, so each form that was made is kept in the folder of remembered
things, whatever becomes of the output folder.
"""

# ruff: noqa: PTH105, PTH108 - thousands of files pass here; methods of Path would double the cost

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from gazepress.build.run import CACHE, Run
from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.digest import digest_bytes
from gazepress.documents import Ref
from gazepress.outlines import FormOutline, ImageOutline
from gazepress.renditions import PictureFacts
from gazepress.sources import SourceFile
from gazepress.theme import source_place

_SUFFIX = ".picture"
_DIGEST = 16  # bytes in front of a kept form
_IDLE_BUILDS = 20


class KnownPictures(Struct):
    """What was found out about pictures, by the digest of their bytes, with the library that looked at them."""

    encoder: str
    facts: dict[str, PictureFacts] = {}


class KnownForms(Struct):
    """The forms that are kept, by name, and for how many new plans nothing has asked for them."""

    idle: dict[str, int] = {}


def look_at_pictures(
    run: Run, shown: Mapping[str, tuple[str, Ref]], files: Iterable[SourceFile]
) -> dict[str, PictureFacts]:
    """Return what there is to know of the pictures that texts show: path → facts; and say what is wrong with them.

    ``shown``: path of a picture → the first text that shows it, and the reference there.
    """
    digests = {file.path: file.digest for file in files if file.path in shown}
    if not digests:
        return {}
    with run.log.stage("pictures"):
        from gazepress.stages.pictures import encoder, probe

        known = run.store.load("pictures", KnownPictures)
        before = known.facts if known is not None and known.encoder == encoder() else {}
        unknown = {digest: path for path, digest in reversed(digests.items()) if digest not in before}

        def look(picture: tuple[str, str]) -> Checked[PictureFacts | None]:
            digest, path = picture
            data = _bytes_of(run.options.site, path, digest)
            return Checked(None, data.diagnostics) if data.value is None else probe(data.value)

        results = run.log.map("pictures", look, list(unknown.items()), list(unknown.values()))
        found = dict(zip(unknown, results, strict=False))
        facts = {digest: before[digest] for digest in digests.values() if digest in before}
        facts |= {digest: one.value for digest, one in found.items() if one.value is not None}
        if found:
            run.store.save("pictures", KnownPictures(encoder(), facts))
    for path, digest in digests.items():
        if digest in found:
            run.log.add(_where_shown(one, path, *shown[path]) for one in found[digest].diagnostics)
    return {path: facts[digest] for path, digest in digests.items() if digest in facts}


def form_of(site: Path, outline: FormOutline, *, keep: bool) -> Checked[bytes | None]:
    """Return a picture in the form that an outline asks for, kept from an earlier build or made now."""
    from gazepress.stages.pictures import encoder_of, make_form

    place = f"{site}/{CACHE}/{_name(outline, encoder_of(outline))}"
    kept = _read(place) if keep else None
    if kept is not None:
        return Checked(kept)
    data = Checked[bytes | None](b"")
    if isinstance(outline, ImageOutline):
        data = _bytes_of(site, outline.source, outline.digest)
        if data.value is None:
            return Checked(None, tuple(one.at(outline.source) for one in data.diagnostics))
    try:
        made = make_form(outline, data.value or b"")
    except Exception as error:  # noqa: BLE001 - it could be decoded once, but metadata may be hostile too
        message = f"another form of this picture cannot be made: {error}"
        path = outline.source if isinstance(outline, ImageOutline) else ""
        return Checked(None, (problem("picture-broken", message, path=path, hint="save it once more as JPEG or PNG"),))
    if keep:
        _write(place, made)
    return Checked(made)


def keep_forms(run: Run, images: Sequence[FormOutline]) -> None:
    """Let go of kept forms that no plan has asked for in a long time; this one asks for ``images``."""
    known = run.store.load("forms", KnownForms) or KnownForms()
    if not images and not known.idle:
        return
    from gazepress.stages.pictures import encoder_of

    idle = {name: builds + 1 for name, builds in known.idle.items()}
    idle |= {_name(image, encoder_of(image)): 0 for image in images}
    for name, builds in list(idle.items()):
        if builds > _IDLE_BUILDS:
            del idle[name]
            with suppress(OSError):
                os.unlink(run.options.site / CACHE / name)
    run.store.save("forms", KnownForms(idle))


def _bytes_of(site: Path, path: str, digest: str) -> Checked[bytes | None]:
    """Return the bytes of a picture if they still are those that were found: what is kept is named by their digest."""
    try:
        data = source_place(site, path).read_bytes()
    except OSError as error:
        return Checked(None, (problem("unreadable", f"it cannot be read: {error.strerror}"),))
    if digest_bytes(data) == digest:
        return Checked(data)
    return Checked(None, (problem("unreadable", "it changed while the site was built", hint="build once more"),))


def _name(outline: FormOutline, encoder: str) -> str:
    """Return the name of a kept form: of the bytes that it is made of, wherever they are, and of how it is made."""
    parts = (outline.digest, outline.rendition) if isinstance(outline, ImageOutline) else outline
    return digest_bytes(f"{parts!r}\0{encoder}".encode(errors="surrogatepass")) + _SUFFIX


def _read(place: str) -> bytes | None:
    """Return a form that was kept; None when it is not there, or not whole."""
    try:
        data = Path(place).read_bytes()
    except OSError:
        return None
    return data[_DIGEST:] if digest_bytes(data[_DIGEST:]) == data[:_DIGEST].hex() else None


def _write(place: str, data: bytes) -> None:
    """Keep a form; where the disk takes no more, it is made again next time."""
    temporary = f"{place}.{os.getpid()}.tmp"
    with suppress(OSError):
        Path(temporary).write_bytes(bytes.fromhex(digest_bytes(data)) + data)
        os.replace(temporary, place)


def _where_shown(found: Diagnostic, picture: str, text: str, ref: Ref) -> Diagnostic:
    """Return a problem with a picture at the place of the text that shows it: that is where an editor looks."""
    message = f"{picture} cannot be shown: {found.message}"
    return problem(found.code, message, path=text, line=ref.line, column=ref.column, hint=found.hint)
