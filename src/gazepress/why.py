"""Why an output was made anew by the last build, or was not, in words from what it showed before and shows now."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from gazepress.build.lock import only_builder
from gazepress.build.log import Log
from gazepress.build.packed import KnownPlan, unpack
from gazepress.build.remembered import Edition, Made
from gazepress.build.run import BuildOptions, Run, WrongUseError, in_a_run
from gazepress.compression import uncompressed
from gazepress.model import Plan, Planned
from gazepress.outlines import CopyOutline, ImageOutline, PageOutline, shows, template_of
from gazepress.urls import base_path, decode_path, output_file

_SHOWN = 60  # characters of a value
_LIKE_ENOUGH = 60  # of 100
_MENDED = "the file in the output folder had been changed or removed"
_MANY = 8  # changes of one kind, before the rest are counted

Change = str
"""One reason, in words: ``related[2].title changed: content/articles/2025/x.md``."""


class Explanation(Struct, frozen=True):
    """Why an output is as old as it is: when it was last made, by the last build or an earlier one, and the reasons."""

    path: str  # below the output folder
    since: datetime
    by_last_build: bool
    changes: tuple[Change, ...]
    compresses: str = ""  # the file of which it is a compressed form


class _Memory(Struct, frozen=True):
    """What was made in one build, and of what."""

    made: Made
    plan: Plan
    places: Mapping[str, int]  # path → where the plan has it

    def planned(self, path: str) -> Planned | None:
        return self.plan.outputs[self.places[path]] if path in self.places else None


def explain(options: BuildOptions, address: str) -> Explanation:
    """Return why the output at ``address`` was made anew or not: a full address, a site path, or a file of the output.

    Raises WrongUseError when nothing is remembered of a build, or nothing answers at the address.
    """
    with only_builder(options.site, wait=True, waiting=lambda: None):
        explained = in_a_run(options, Log(jobs=1, strict=False, progress=None), lambda run: _explain(run, address))
    if explained is None:
        raise WrongUseError("the settings cannot be read; `gazepress build` says why")
    return explained


def _explain(run: Run, address: str) -> Explanation:
    store, name = run.store, run.name
    edition = store.load(f"edition-{name}", Edition)
    plans = [store.load(f"{kind}plan-{name}", KnownPlan) for kind in ("", "before-")]
    kept = {(plan.key, plan.since): plan for plan in plans if plan is not None}
    last, before = (_memory(store.load(f"{kind}made-{name}", Made), kept) for kind in ("", "before-"))
    if edition is None or last is None:
        raise WrongUseError(f"nothing is remembered of a build into {run.output}; build first")
    path = _path(run, address)
    printed = edition.files.get(path)
    whole = uncompressed(path)
    if printed is None:
        raise WrongUseError(_left_out(path, whole) if whole in edition.files else _unknown(path, edition))
    compresses = whole if whole in edition.files and last.planned(path) is None else ""
    if path not in last.made.outputs:
        changes: Iterator[Change] = iter(())
    elif compresses:
        changes = _changes_of_form(path, whole, before, last)
    else:
        changes = _changes(path, before, last)
    by_last_build = path in last.made.outputs
    return Explanation(path, _local(run, printed.since), by_last_build, tuple(changes), compresses)


def _memory(made: Made | None, plans: Mapping[tuple[str, datetime], KnownPlan]) -> _Memory | None:
    plan = plans.get((made.plan, made.since)) if made is not None else None
    if made is None or plan is None:
        return None
    return _Memory(made, unpack(plan.plan), {one.path: at for at, one in enumerate(plan.prints)})


def _path(run: Run, address: str) -> str:
    parts = urlsplit(address)
    path = decode_path(parts.path)
    if parts.scheme or path.startswith("/"):
        path = "/" + path.removeprefix(decode_path(base_path(run.settings.url))).lstrip("/")
        return output_file(path)
    return path.removeprefix(f"{run.output.name}/")


def _unknown(path: str, edition: Edition) -> str:
    from rapidfuzz import fuzz, process

    pages = {file.removesuffix("index.html"): file for file in edition.files}  # what all have in common tells nothing
    near = process.extractOne(
        path.removesuffix("index.html"), list(pages), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH
    )
    return f"the last build made nothing at {path!r}" + (f"\ndid you mean {pages[near[0]]}?" if near else "")


def _left_out(path: str, whole: str) -> str:
    return f"the last build made no {path!r}: 'precompress' asks for none, or it would not be smaller than {whole}"


def _local(run: Run, moment: datetime) -> datetime:
    return moment.astimezone(run.settings.zone)


# ------------------------------------------------------------------------------------------------- the reasons


def _changes(path: str, before: _Memory | None, last: _Memory) -> Iterator[Change]:
    now = last.planned(path)
    if before is None:
        yield "no earlier build is remembered, so everything was made"
        return
    if now is None:
        yield "the search index that it is a part of was made anew"
        return
    was = before.planned(path)
    if was is None:
        yield f"this address is new: {', '.join(now.sources) or 'nothing answered there before'}"
        return
    if before.made.program != last.made.program:
        yield "gazepress, Python or a library that shapes pages is another one"
    if path in last.made.mended:
        yield _MENDED
    if isinstance(now.outline, CopyOutline | ImageOutline):
        yield f"the file changed: {now.outline.source}"
        return
    if isinstance(now.outline, PageOutline):
        yield from _template_changes(template_of(now.outline), before.made, last.made)
        yield from _differences("site", _plain(before.plan.frame.view), _plain(last.plan.frame.view))
    yield from _capped(_differences("", _plain(was.outline), _plain(now.outline)))
    yield from _capped(_card_changes(now, before.plan, last.plan))
    yield from _other_changes(now, before, last)


def _changes_of_form(path: str, whole: str, before: _Memory | None, last: _Memory) -> Iterator[Change]:
    """Yield why a compressed file was made anew: for the reasons of its file, or for some of its own."""
    if path in last.made.mended:
        yield _MENDED
    elif whole in last.made.outputs:
        yield from _changes(whole, before, last)
    else:
        yield "its file is as it was: 'precompress' asks for it since, or the library that compresses is another one"


def _other_changes(now: Planned, before: _Memory, last: _Memory) -> Iterator[Change]:
    shown = shows(now.outline)
    for slug in shown.bylines:
        old, new = before.plan.bylines.get(slug), last.plan.bylines[slug]
        if old is not None and old != new:
            yield from _differences(f"author {slug}", _plain(old), _plain(new))
    for article in shown.entries:
        entry = before.plan.entries.get(article)
        if entry is not None and entry != last.plan.entries[article]:
            yield f"what feeds say of it changed: {article}"
    for text in shown.texts:
        if before.made.texts.get(text) not in (None, last.made.texts[text]):
            yield f"the text changed: {text}"


def _template_changes(name: str, before: Made, last: Made) -> Iterator[Change]:
    old = {path: before.templates.get(path) for path in before.closures.get(name, ())}
    new = {path: last.templates.get(path) for path in last.closures.get(name, ())}
    for path in sorted(old.keys() | new.keys()):
        if path not in old:
            yield f"template {path} is new"
        elif path not in new:
            yield f"template {path} is no longer used"
        elif old[path] != new[path]:
            yield f"template {path} changed"


def _card_changes(now: Planned, before: Plan, last: Plan) -> Iterator[Change]:
    """Yield what has changed in the cards that an output shows, each by its first place there."""
    told: set[str] = set()
    for place, article in _places("", _plain(now.outline), last.cards):
        old, new = before.cards.get(article), last.cards[article]
        if article not in told and old is not None and old != new:
            told.add(article)
            fields = (field for field in new.__struct_fields__ if getattr(old, field) != getattr(new, field))
            for field in fields:
                yield f"{place}.{field} changed: {article}"


def _places(place: str, value: object, cards: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield each place in an outline where an article is named, and the article."""
    if isinstance(value, str) and value in cards:
        yield place or "article", value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == "leads":
                yield from _references(one)
            else:
                yield from _places(_below(place, key), one, cards)
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _places(f"{place}[{at}]", one, cards)


def _references(leads: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield what references lead to: those of one text, or those of each article of a feed."""
    for at, lead in enumerate(leads, 1):
        if isinstance(lead, dict) and lead["article"]:
            yield f"reference {at}", lead["article"]
        elif isinstance(lead, list):
            yield from ((f"{reference} of article {at}", article) for reference, article in _references(lead))


def _differences(place: str, old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in new:
            yield from _differences(_below(place, key), old.get(key), new[key])
    elif isinstance(old, list) and isinstance(new, list) and all(isinstance(one, str) for one in (*old, *new)):
        yield from (f"{place}: {one} is no longer there" for one in old if one not in new)
        yield from (f"{place}: {one} is new there" for one in new if one not in old)
        if sorted(old) == sorted(new):
            yield f"{place}: the order changed"
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for at, pair in enumerate(zip(old, new, strict=True)):
            yield from _differences(f"{place}[{at}]", *pair)
    elif isinstance(old, list | dict) or isinstance(new, list | dict):
        yield f"{place} changed"
    else:
        yield f"{place} changed: {_shown(old)} → {_shown(new)}"


def _capped(changes: Iterator[Change]) -> Iterator[Change]:
    found = list(changes)
    yield from found[:_MANY]
    if len(found) > _MANY:
        yield f"… and {len(found) - _MANY} changes more of this kind"


def _below(place: str, key: str) -> str:
    """Return the name of a field as templates know it: what an outline calls articles are cards in the view."""
    name = {"articles": "cards", "id": ""}.get(key, key)
    return f"{place}.{name}".strip(".")


def _plain(value: object) -> object:
    """Return a record as nothing but dictionaries, lists, texts and numbers."""
    match value:
        case Struct():
            return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
        case tuple():
            return [_plain(one) for one in value]
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case _:
            return msgspec.to_builtins(value)


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
