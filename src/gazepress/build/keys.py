"""By what things are known to be the same as in an earlier build: the memo keys of all stages.

A key is a digest of everything that a result can depend on; who adds such a thing to a stage adds it here. The program
is in every key.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from gazepress.build.program import program_digest
from gazepress.digest import digest_bytes, digest_record
from gazepress.sources import SourceFile, SourceKind

if TYPE_CHECKING:
    from gazepress.documents import Document, ParseOptions

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def inputs_key(sources: str, *, drafts: bool, old_search: bool) -> str:
    """Return the key of a whole build but for its hour: equal inputs give an equal site."""
    return join((program_digest(), sources, str(drafts), str(old_search)))


def sources_key(settings: str, files: Iterable[SourceFile]) -> str:
    """Return the key of all that a site's folder holds of it."""
    parts = [settings]
    for file in files:
        parts += (file.path, file.digest)
    return join(parts)


def theme_key(files: Iterable[SourceFile]) -> str:
    """Return the key of all templates of a site; those of the built-in theme are part of the program."""
    parts = [program_digest()]
    for file in files:
        if file.kind is SourceKind.TEMPLATE:
            parts += (file.path, file.digest)
    return join(parts)


def template_keys(digests: Mapping[str, str], closures: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return for the template of each kind of page the key of all templates that it can use.

    ``digests``: path of a template → digest; ``closures``: name of a page's template → paths.
    """
    return {name: join([part for path in paths for part in (path, digests[path])]) for name, paths in closures.items()}


def text_keys(options: "ParseOptions") -> Callable[[SourceKind, str], str]:
    """Return the function that gives the key of a parsed text: its digest, and what stands for how it is read."""
    # Put together and not digested once more: every build asks for the keys of all texts.
    reading = join((program_digest(), digest_record(options)))
    endings = {kind: join((reading, kind)) for kind in SourceKind}
    return lambda kind, digest: digest + endings[kind]


def document_key(document: "Document") -> str:
    """Return the key of what a text says to others, but for the places in it, which only messages name."""
    refs = [replace(ref, line=0, column=0) for ref in document.refs]
    attributions, earlier = (
        [replace(phrase, line=0, column=0) for phrase in phrases]
        for phrases in (document.attributions, document.earlier)
    )
    placeless = replace(document, refs=tuple(refs), attributions=tuple(attributions), earlier=tuple(earlier))
    return digest_bytes(_encode(placeless))


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
    return join(parts)


def join(parts: Iterable[str]) -> str:
    """Return a digest of texts, none of which holds a NUL."""
    return digest_bytes("\0".join(parts).encode("utf-8", "surrogatepass"))
