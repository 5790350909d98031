"""What a shell offers for an argument: names of the site, as the last look at its texts knew them."""

from collections.abc import Callable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

_KINDS = {"tag": "tags", "section": "sections", "author": "authors"}

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def complete_article(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer slugs of articles; or files, once a path was begun."""
    if "/" in incomplete or incomplete.startswith("."):
        return complete_file(ctx, param, incomplete)
    return _offer("articles")(ctx, param, incomplete)


def complete_movable(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer articles, and after ``tag:``, ``section:`` or ``author:`` what is called so."""
    kind, colon, begun = incomplete.partition(":")
    if not colon or kind not in _KINDS:
        return complete_article(ctx, param, incomplete)
    found = _offer(_KINDS[kind])(ctx, param, begun)
    return [CompletionItem(f"{kind}:{item.value}", help=item.help) for item in found]


def complete_file(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell, which knows files."""
    return [CompletionItem(incomplete, type="file")]


def _offer(field: str) -> Complete:
    """Return what offers the slugs of a field of ``Names``, each with what readers see instead of it."""

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from gazepress.names import load_names

        names: dict[str, str] = getattr(load_names(Path(ctx.params.get("site") or "")), field)
        return [CompletionItem(slug, help=name or None) for slug, name in names.items() if slug.startswith(incomplete)]

    return complete


complete_section, complete_tag, complete_author = _offer("sections"), _offer("tags"), _offer("authors")
