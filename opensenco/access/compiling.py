"""What Django finds out anew for each question, found out once: how columns are called.

Most of what a question costs that is not kept in words (ADR 0011) is its columns. Django makes an
object for each, and to look for one in the order it hashes them all by the arguments of their
constructor: a pupil with class and school has fifty. Here a table's columns are made once for each
name that it has in a question, and keep their hash and their words (docs/adr/0024).
"""

from functools import lru_cache
from typing import Any

from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler

#: names of tables in questions: a few hundred tables, by themselves and as T3, U0 and the like
MOST = 8_000


@lru_cache(maxsize=MOST)
def columns(model: Any, alias: str) -> tuple[Col, ...]:
    """Give every column of a table under one name, in the order of the model's fields."""
    return tuple(field.get_col(alias) for field in model._meta.concrete_fields)


class Quick(SQLCompiler):
    """A compiler that knows the columns of tables."""

    def get_default_columns(
        self, select_mask: Any, start_alias: Any = None, opts: Any = None, from_parent: Any = None
    ) -> list[Any]:
        """Give every column; in Django's way where some are left out or stand elsewhere."""
        meta: Any = opts or self.query.get_meta()
        if select_mask or from_parent or meta is None or meta.parents:
            slow: Any = super().get_default_columns(select_mask, start_alias, opts, from_parent)
            return list(slow)
        alias = start_alias or self.query.get_initial_alias()
        return list(columns(meta.concrete_model, str(alias)))

    def compile(self, node: Any) -> Any:
        """Write a column without asking which database it is for: all write it alike."""
        if node.__class__ is Col:
            name = self.quote_name_unless_alias
            column = name(str(node.target.column))
            return (f"{name(node.alias)}.{column}" if node.alias else column), []
        return super().compile(node)
