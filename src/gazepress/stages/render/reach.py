"""What does a template name, and what of it can the block ``main`` of a page depend on? As a rule not on its foot."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from jinja2 import nodes

from gazepress.model import Template, TemplatePart, TemplateTag

MAIN = "main"
"""The block that holds what makes each page another."""

_TAGS = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_SELF = "self"

Find = Callable[[str], str | None]
"""The path of the template that a name stands for, None if there is none."""


def main_reach(
    path: str, templates: Mapping[str, Template], needs: Mapping[str, Sequence[str]], find: Find
) -> tuple[str, ...]:
    """Return the paths of all templates that the text of ``main`` can depend on, on the pages that one template draws.

    These are the templates that extend each other, and whatever the block leads to: by a tag in it, or by a name that
    one of these imports, or gives to a macro, outside of blocks. ``needs``: path → all that a template names.

    Empty where there is no such block, and where it cannot be told from the rest of the page: one that knows a value
    which is set outside may use it up or count with it, and ``self`` draws blocks at other places.
    """
    chain = _chain(path, templates, find)
    blocks, names, reached = {MAIN}, set[str](), dict.fromkeys(chain)
    pending = [part for one in chain for part in templates[one].parts]
    while found := [part for part in pending if not (blocks if part.kind == "block" else names).isdisjoint(part.gives)]:
        pending = [part for part in pending if part not in found]
        for part in found:
            blocks.update(part.blocks)
            names.update(part.uses)
            follow = [target for tag in part.tags for target in targets(tag, templates, find)]
            while follow:
                if (one := follow.pop()) not in reached:
                    reached[one] = None
                    names.update(templates[one].uses)
                    follow += needs[one]
        if _SELF in names or any(part.kind == "value" for part in found):
            return ()
    has_block = any(MAIN in part.gives for one in chain for part in templates[one].parts if part.kind == "block")
    return tuple(sorted(reached)) if has_block else ()


def targets(tag: TemplateTag, templates: Mapping[str, Template], find: Find) -> tuple[str, ...]:
    """Return the paths of the templates that a tag names; all of them if it cannot be told."""
    return tuple(templates) if tag.names is None else tuple(filter(None, map(find, tag.names)))


def tags_of(tree: nodes.Node) -> tuple[TemplateTag, ...]:
    """Return the tags by which a template, or a part of it, names others."""
    found = [tree] if isinstance(tree, _TAGS) else []
    return tuple(map(_tag, (*found, *tree.find_all(_TAGS))))


def names_of(tree: nodes.Node) -> tuple[str, ...]:
    """Return the names that a template, or a part of it, looks up."""
    looked_up = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    return tuple(sorted(looked_up | {name.name for name in tree.find_all(nodes.NSRef)}))


def parts_of(tree: nodes.Template) -> tuple[TemplatePart, ...]:
    """Return the blocks of a template, and what it gives a name to outside of them."""
    blocks = (_part("block", [block.name], block) for block in tree.find_all(nodes.Block))
    return (*blocks, *_given(tree))


def _given(node: nodes.Node) -> Iterator[TemplatePart]:
    for child in node.iter_child_nodes():
        match child:
            case nodes.Block():
                continue
            case nodes.Macro(name=name):
                yield _part("macro", [name], child)
                continue
            case nodes.Import(target=name):
                yield _part("import", [name], child)
            case nodes.FromImport(names=names):
                yield _part("import", [name if isinstance(name, str) else name[1] for name in names], child)
            case nodes.Name(name=name, ctx="store" | "param"):
                yield _part("value", [name], child)
            case _:
                pass
        yield from _given(child)


def _part(kind: str, gives: Iterable[str], node: nodes.Node) -> TemplatePart:
    inner = list(node.find_all(nodes.Block))
    # One that is required asks how often it is defined, which is to look at blocks from outside.
    asks = any(block.required for block in (node, *inner) if isinstance(block, nodes.Block))
    uses = (*names_of(node), _SELF) if asks else names_of(node)
    return TemplatePart(kind, tuple(gives), uses, tuple(block.name for block in inner), tags_of(node))


def _chain(path: str, templates: Mapping[str, Template], find: Find) -> list[str]:
    """Return a template with all that it may extend."""
    found = [path]
    for one in found:  # which grows
        for tag in templates[one].tags:
            if tag.extends:
                found += [parent for parent in targets(tag, templates, find) if parent not in found]
    return found


def _tag(node: nodes.Node) -> TemplateTag:
    must_be_there = not getattr(node, "ignore_missing", False)
    return TemplateTag(_names(node), node.lineno, isinstance(node, nodes.Extends), must_be_there)


def _names(node: nodes.Node) -> tuple[str, ...] | None:
    """Return the names of templates in a tag, None where they are only known when a page is drawn."""
    try:
        value = node.template.as_const()  # type: ignore[attr-defined]  # all four tags have it
    except nodes.Impossible:
        return None
    names = (value,) if isinstance(value, str) else value
    known = isinstance(names, list | tuple) and all(isinstance(name, str) for name in names)
    return tuple(names) if known else None
