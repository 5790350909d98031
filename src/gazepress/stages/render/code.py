"""Which code does a template become? Jinja's own, but each block gives its text at once and not piece by piece."""

from collections.abc import Iterable

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class BlockwiseGenerator(CodeGenerator):
    """Jinja's generator, with a buffer in every function: it knows how to fill one, and uses it for macros only.

    Otherwise each piece of text is handed up by itself, from a block to the one around it and so on, which takes as
    long as to make it.
    """

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write the code of nodes; the body of a function with what gives their text at its end."""
        is_body = frame.buffer is None
        if is_body:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if is_body:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - Jinja's own name
        """Write the code of an include; Jinja's code of one without context passes by any buffer."""
        if node.with_context:
            super().visit_Include(node, frame)
            return
        if node.ignore_missing:
            self.writeline("try:")
            self.indent()
        self.writeline("template = environment.get_or_select_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        if node.ignore_missing:
            self.outdent()
            self.writeline("except TemplateNotFound:")
            self.indent()
            self.writeline("pass")
            self.outdent()
            self.writeline("else:")
            self.indent()
        self.writeline(f"{frame.buffer}.extend(template._get_default_module()._body_stream)")
        if node.ignore_missing:
            self.outdent()
