"""How pages write values: escaped by MarkupSafe, without an object made for each of them.

What a template writes is joined to one text at once. Jinja2 makes each value a `Markup` before,
which costs six times what escaping does; a register writes 900 values (docs/adr/0024).
"""

from typing import Any, cast

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

#: MarkupSafe's own work on a text; where a release of it names that otherwise, the whole of it
_escaped_text = getattr(markupsafe, "_escape_inner", escape)


def written(value: Any) -> str:
    """Give a value as it stands in a page."""
    kind = type(value)
    if kind is str:
        return cast("str", _escaped_text(value))
    if kind is Markup:
        return cast("str", value)
    if kind is int:
        return str(value)
    return escape(value)


class Writer(CodeGenerator):
    """Makes templates into Python as Jinja2 does, but for how escaped values are written."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")
