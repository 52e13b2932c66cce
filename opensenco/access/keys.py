"""Composite keys: a row and what it points at belong to the same organisation, by the database."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.models.constraints import BaseConstraint


class SameOrg(BaseConstraint):
    """FOREIGN KEY (<org>, <field>_id) REFERENCES <table> (<to_org>, id).

    It stands in for the field's own foreign key (`db_constraint=False`): with a plain key a row
    could point at another organisation's, and a refused one would tell that it exists.

    Args:
        field: name of the foreign key field.
        to: label of the model it points at, "people.Pupil".
        org: the column beside it, where it is not "org_id".
        to_org: the column of the other table that must hold the same organisation; rows between
            two organisations have two. It needs a unique constraint with `id` there.
        also: a column that must say the same on both sides too, such as a kind. The other table
            needs a unique constraint with it, between the organisation and `id`.
    """

    def __init__(
        self,
        *,
        field: str,
        to: str,
        name: str,
        org: str = "org_id",
        to_org: str = "org_id",
        also: str = "",
    ) -> None:
        super().__init__(name=name)
        self.field = field
        self.to = to
        self.org = org
        self.to_org = to_org
        self.also = also

    def _clause(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        app_label, model_name = self.to.split(".")
        table = f"{app_label}_{model_name.lower()}"
        same = (self.also,) if self.also else ()
        ours = ", ".join(quote(one) for one in (self.org, *same, f"{self.field}_id"))
        theirs = ", ".join(quote(one) for one in (self.to_org, *same, "id"))
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({ours}) "
            f"REFERENCES {quote(table)} ({theirs})"
        )

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Give the clause inside CREATE TABLE; on PostgreSQL it is added at the migration's end."""
        model, schema_editor = _given(model, schema_editor)
        if schema_editor.connection.vendor == "sqlite":
            return self._clause(model, schema_editor)
        self.create_sql(model, schema_editor)
        return ""

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Put the statement at the end of the migration: by then both tables have their keys.

        (SQLite remakes the table instead and takes the clause from `constraint_sql`.)
        """
        model, schema_editor = _given(model, schema_editor)
        table = schema_editor.quote_name(model._meta.db_table)
        statement = Statement(f"ALTER TABLE {table} ADD {self._clause(model, schema_editor)}")
        schema_editor.deferred_sql.append(statement)
        return ""

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Give the statement that drops the key."""
        model, schema_editor = _given(model, schema_editor)
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database alone decides; forms ask the registry what may be seen."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Write this constraint into a migration."""
        path, args, kwargs = super().deconstruct()
        kwargs.update(field=self.field, to=self.to)
        for name in ("org", "to_org"):
            if getattr(self, name) != "org_id":
                kwargs[name] = getattr(self, name)
        if self.also:
            kwargs["also"] = self.also
        return path, tuple(args), kwargs

    def __eq__(self, other: object) -> bool:
        """Two constraints are equal where all they say is equal."""
        if isinstance(other, SameOrg):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    __hash__ = BaseConstraint.__hash__


def _given(
    model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
) -> tuple[type[models.Model], BaseDatabaseSchemaEditor]:
    if model is None or schema_editor is None:
        raise TypeError("a composite key is written for a model, by a schema editor")
    return model, schema_editor


def same_org(**fields: str) -> list[BaseConstraint]:
    """Give one composite key for each field: `same_org(pupil="people.Pupil")`."""
    return [
        SameOrg(field=field, to=to, name=f"%(app_label)s_%(class)s_{field}_key")
        for field, to in fields.items()
    ]


def tenant_key(to: str, **options: Any) -> Any:
    """Give the field for a key to another row of the same organisation.

    Beside it stands `same_org(field="app.Model")` in the model's constraints; a contract test
    finds the ones forgotten.
    """
    options.setdefault("on_delete", models.PROTECT)
    options.setdefault("related_name", "+")
    return models.ForeignKey(to, db_constraint=False, **options)


def all_models() -> list[type[models.Model]]:
    """Give every model of OpenSENCO, historical ones too."""
    return [
        m
        for m in apps.get_models(include_auto_created=True)
        if m.__module__.startswith("opensenco.")
    ]
