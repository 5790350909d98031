"""By what things are known to be the same as in an earlier build: the memo keys of all stages.

A key is a digest of everything that a result can depend on; who adds such a thing to a stage adds it here. The program
is in every key.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from gazepress.build.program import program_digest
from gazepress.digest import digest_record
from gazepress.documents import Document, ParseOptions, SourceFile, SourceKind
from gazepress.model import Plan
from gazepress.outlines import CopyOutline, FormOutline, IndexOutline, shows, template_of

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def inputs_key(sources: str, *, drafts: bool, old_search: bool) -> str:
    """Return the key of a whole build but for its hour: equal inputs give an equal site."""
    return _join((program_digest(), sources, str(drafts), str(old_search)))


def sources_key(settings: str, files: Iterable[SourceFile]) -> str:
    """Return the key of all that a site's folder holds of it."""
    parts = [settings]
    for file in files:
        parts += (file.path, file.digest)
    return _join(parts)


def theme_key(files: Iterable[SourceFile]) -> str:
    """Return the key of all templates of a site; those of the built-in theme are part of the program."""
    parts = [program_digest()]
    for file in files:
        if file.kind is SourceKind.TEMPLATE:
            parts += (file.path, file.digest)
    return _join(parts)


def template_keys(digests: Mapping[str, str], closures: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return for the template of each kind of page the key of all templates that it can use.

    ``digests``: path of a template → digest; ``closures``: name of a page's template → paths.
    """
    return {name: _join([part for path in paths for part in (path, digests[path])]) for name, paths in closures.items()}


def text_keys(options: ParseOptions) -> Callable[[SourceKind, str], str]:
    """Return the function that gives the key of a parsed text: of its kind, its digest, and how it is read."""
    reading = _join((program_digest(), digest_record(options)))
    return lambda kind, digest: _join((reading, kind, digest))


def document_key(document: Document) -> str:
    """Return the key of what a text says to others, but for the places in it, which only messages name."""
    refs = [replace(ref, line=0, column=0) for ref in document.refs]
    attributions, earlier = (
        [replace(phrase, line=0, column=0) for phrase in phrases]
        for phrases in (document.attributions, document.earlier)
    )
    placeless = replace(document, refs=tuple(refs), attributions=tuple(attributions), earlier=tuple(earlier))
    return _digest(placeless).hex()


def plan_key(settings: str, texts: Mapping[str, str], files: Iterable[SourceFile], *options: object) -> str:
    """Return the key of a plan but for its hour. ``texts``: path → key of the document; ``files`` are the others.

    ``options`` are those of the build that the plan depends on.
    """
    parts = [program_digest(), settings, *map(str, options)]
    for path, digest in texts.items():
        parts += (path, digest)
    parts.append("")
    for file in files:
        parts += (file.path, file.digest)
    return _join(parts)


class Print(Struct, frozen=True, array_like=True):
    """What the fingerprint of a planned output rests on: the digest of all that the plan says, a template, and texts.

    The fingerprint of a file that is taken over is its digest alone.
    """

    planned: str
    template: str = ""
    texts: tuple[str, ...] = ()
    is_copy: bool = False


def plan_prints(plan: Plan) -> Iterator[Print]:
    """Yield for each output of a plan what its fingerprint rests on: its outline, and all that this shows."""
    program = bytes.fromhex(program_digest())
    frame = program + _digest(plan.frame)
    cards = {article: _digest(card) for article, card in plan.cards.items()}
    bylines = {slug: _digest(byline) for slug, byline in plan.bylines.items()}
    entries = {article: _digest(entry) for article, entry in plan.entries.items()}
    for planned in plan.outputs:
        outline = planned.outline
        template = template_of(outline)
        if not template and isinstance(outline, CopyOutline):
            yield Print(outline.digest, is_copy=True)
            continue
        if not template and isinstance(outline, FormOutline):
            yield Print(_join((program_digest(), digest_record(outline))))
            continue
        shown = shows(outline)
        is_index = not template and isinstance(outline, IndexOutline)
        parts = [program if is_index else frame, _encode(planned)]  # a new entry of the menu makes no index anew
        parts += map(cards.__getitem__, shown.cards)
        parts += map(bylines.__getitem__, shown.bylines)
        parts += map(entries.__getitem__, shown.entries)
        yield Print(blake2b(b"".join(parts), digest_size=16).hexdigest(), template, shown.texts)


def fingerprints(prints: Iterable[Print], texts: Mapping[str, str], templates: Mapping[str, str]) -> Iterator[str]:
    """Yield the key of each output: of what the plan says of it, of the texts in it, and of the templates that draw it.

    ``texts``: path → key; ``templates``: name of a page's template → key of all templates that it may use.
    """
    for one in prints:
        if one.is_copy:
            yield one.planned
        else:
            template = templates[one.template] if one.template else ""
            yield _join((one.planned, template, *map(texts.__getitem__, one.texts)))


def _digest(record: object) -> bytes:
    return blake2b(_encode(record), digest_size=16).digest()


def _join(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
