"""What does another name change? All that `gazepress mv` and `retitle` change, as edits of an editor's texts."""

from collections.abc import Callable, Mapping

from lsprotocol import types
from msgspec import Struct

from gazepress.desk.draft import Draft
from gazepress.desk.edits import ChangeError
from gazepress.desk.lsp.archive import Archive
from gazepress.desk.lsp.context import Context
from gazepress.desk.lsp.matter import spot_at
from gazepress.desk.lsp.navigate import target_at, term_at
from gazepress.desk.lsp.shelf import Shelf
from gazepress.desk.lsp.text import Place
from gazepress.desk.rename import move_text, rename_author, rename_section, rename_tag, retitle
from gazepress.diagnostics import problem
from gazepress.folding import fold

Plan = Callable[[Draft, str, str], object]

_TERMS: Mapping[str, Plan] = {"tags": rename_tag, "section": rename_section, "authors": rename_author}


class Named(Struct, frozen=True):
    """What can be given another name at a place: what it is called, where that stands, and how it is renamed."""

    what: str  # a file, or the name of a tag, section or author
    name: str
    start: Place
    end: Place
    plan: Plan


def named_at(context: Context, place: Place) -> Named | None:
    """Return what is named at a place: an article by a reference, its headline or slug, or what front matter names."""
    reference = context.reference(place)
    if reference is not None:
        path, _ = target_at(context, place)
        return _text(context, path, reference.ref.target, reference.start, reference.end)
    spot = spot_at(context.text, place)
    if spot is None or spot.is_key or len(spot.path) != 1:
        return None
    term = term_at(context, place)
    if term is not None:
        key, name = term
        known = name in context.archive.used.get(key, {})
        return Named(name, name, spot.start, spot.end, _TERMS[key]) if known else None
    written = context.text.lines[spot.row][spot.first : spot.last].strip("\"'")
    if spot.path[0] in {"title", "slug", "name"} and written:
        return _text(context, context.text.path, written, spot.start, spot.end)
    return None


def _text(context: Context, path: str, written: str, start: Place, end: Place) -> Named | None:
    """Return an article by its headline where it is named by that, and any text by its slug else."""
    name = context.archive.names.at(path)
    if name is None:
        return None
    if fold(written.partition("#")[0]) != fold(name.title):
        return Named(path, name.slug, start, end, move_text)
    if name.is_article:
        return Named(path, name.title, start, end, retitle)
    author = next((one for one in context.archive.graph.authors.values() if one.id == path), None)
    return Named(author.name, author.name, start, end, rename_author) if author else None


def rename(archive: Archive, shelf: Shelf, named: Named, new: str) -> types.WorkspaceEdit:
    """Return the edits that give something another name. Raises ChangeError where that cannot be done safely."""
    draft = Draft(archive.newsroom, archive.met)
    named.plan(draft, named.what, new)
    change = draft.change()
    for path in {*(edit.path for edit in change.edits), *(move.old for move in change.moves)}:
        if shelf.read(path).source != shelf.saved(path).source:
            hint = "save all texts, and rename it once more"
            raise ChangeError(problem("file-changed", "this text is not saved yet", path=path, hint=hint))
    return shelf.workspace_edit(map(shelf.unmarked, change.edits), change.moves)
