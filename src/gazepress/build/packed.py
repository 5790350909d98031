"""How is a plan remembered? In parts, each as bytes: digests of them tell what has changed, and few are read again.

An edit that leaves the plan as it was reads the outlines and cards of the pages that it changes, and no others.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from gazepress.build.prints import FORMS, INDEX, Print, outline_kind
from gazepress.build.program import program_digest
from gazepress.diagnostics import Diagnostic
from gazepress.feed_views import FeedEntry
from gazepress.model import Plan, Planned
from gazepress.outlines import CopyOutline, FormOutline, Frame, shows, template_of
from gazepress.published import Held
from gazepress.url_lock import Recorded
from gazepress.urls import output_file
from gazepress.views import Byline, Card

T = TypeVar("T")

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Packed(Struct, frozen=True):
    """A plan whose parts are bytes."""

    frame: Frame
    cards: dict[str, Raw]
    bylines: dict[str, Raw]
    outputs: tuple[Raw, ...]
    unrecorded: tuple[Recorded, ...]
    entries: dict[str, Raw]


class KnownPlan(Struct, frozen=True):
    """A plan with all that was said while it was made. It holds from ``since`` until ``next_change``."""

    key: str
    plan: Packed
    prints: tuple[Print, ...]  # of its outputs, in their order
    since: datetime
    next_change: datetime | None
    held: tuple[Held, ...]
    diagnostics: tuple[Diagnostic, ...]
    articles: int
    told: tuple[str, ...]  # paths of the texts that the messages name places in: its key knows these to the letter
    related: dict[str, tuple[str, ...]] = {}  # key of an article's choice → the articles; kept in a record of its own


def pack(plan: Plan) -> tuple[Packed, tuple[Print, ...]]:
    """Return a plan in parts, and what the fingerprint of each output rests on: its outline and all that it shows."""
    program = bytes.fromhex(program_digest())
    frame = program + _digest(_encode(plan.frame))
    cards, bylines, entries = _encoded(plan.cards), _encoded(plan.bylines), _encoded(plan.entries)
    card, byline, entry = _digests(cards), _digests(bylines), _digests(entries)
    outputs = tuple([Raw(_encode(one)) for one in plan.outputs])
    prints: list[Print] = []
    for planned, data in zip(plan.outputs, outputs, strict=True):
        outline = planned.outline
        path, kind = output_file(planned.url), outline_kind(type(outline))
        if isinstance(outline, CopyOutline):
            prints.append(Print(path, kind, outline.digest))
            continue
        shown = shows(outline)
        # A new entry of the menu makes no index anew, and nothing but its own outline a form of a picture.
        parts = [program, _encode(outline)] if kind in FORMS else [program if kind == INDEX else frame, data]
        parts += [card[one] for one in shown.cards]
        parts += [byline[one] for one in shown.bylines]
        parts += [entry[one] for one in shown.entries]
        prints.append(Print(path, kind, _digest(b"".join(parts)).hex(), template_of(outline), shown.texts))
    return Packed(plan.frame, cards, bylines, outputs, plan.unrecorded, entries), tuple(prints)


def unpack(packed: Packed) -> Plan:
    """Return the plan; each of its parts is decoded whenever it is asked for."""
    return Plan(
        packed.frame,
        _Parts(packed.cards, Card),
        _Parts(packed.bylines, Byline),
        _Outputs(packed.outputs),
        packed.unrecorded,
        _Parts(packed.entries, FeedEntry),
    )


def forms_in(plan: Plan, prints: Sequence[Print]) -> list[FormOutline]:
    """Return the outlines of what is made into pictures; ``prints`` are those of the plan."""
    outlines = (plan.outputs[at].outline for at, one in enumerate(prints) if one.kind in FORMS)
    return [one for one in outlines if isinstance(one, FormOutline)]


class _Parts(Mapping[str, T]):
    """What is said of articles or authors."""

    def __init__(self, parts: Mapping[str, Raw], kind: type[T]) -> None:
        self._parts = parts
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def __getitem__(self, key: str) -> T:
        return self._decode(self._parts[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


class _Outputs(Sequence[Planned]):
    """The outputs of a plan."""

    def __init__(self, parts: Sequence[Raw]) -> None:
        self._parts = parts
        self._decode = msgspec.msgpack.Decoder(Planned).decode

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - nobody takes slices, which Sequence has a type for
        return self._decode(self._parts[at])

    def __len__(self) -> int:
        return len(self._parts)


def _encoded(said: Mapping[str, object]) -> dict[str, Raw]:
    return {key: Raw(_encode(one)) for key, one in said.items()}


def _digests(encoded: Mapping[str, Raw]) -> dict[str, bytes]:
    return {key: _digest(one) for key, one in encoded.items()}


def _digest(data: bytes | Raw) -> bytes:
    return blake2b(data, digest_size=16).digest()
