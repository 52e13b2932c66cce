"""Every model says whose its rows are, keeps its keys inside, and names what is personal."""

from typing import Any

from django.db import models

from opensenco.access.keys import SameOrg, all_models
from opensenco.access.managers import ScopedManager
from opensenco.access.tenancy import Account, Between, Org, PersonRows, Tenancy
from tests.contracts.walk import each


def label(model) -> str:
    return str(model._meta.label)


def historical(model) -> bool:
    return hasattr(model, "history_date")


def owned(model) -> bool:
    return isinstance(model.tenancy, Org | PersonRows | Between)


@each(all_models(), label)
def test_a_model_says_whose_its_rows_are(model):
    assert isinstance(getattr(model, "tenancy", None), Tenancy), "Give it a `tenancy`."


@each(all_models(), label)
def test_no_manager_goes_round_the_wall(model):
    for manager in (model._default_manager, model._base_manager):
        assert isinstance(manager, ScopedManager), "Use ScopedManager as default and base manager."


@each(all_models(), label)
def test_a_key_stays_inside_the_organisation(model):
    if historical(model) or not owned(model):
        return
    held = {c.field for c in model._meta.constraints if isinstance(c, SameOrg)}
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and owned(field.related_model):
            assert field.name in held, f"{field.name}: add same_org({field.name}=…)"
            assert not getattr(field, "db_constraint", True), (
                f"{field.name}: declare it with tenant_key()"
            )
        assert not isinstance(field, models.ManyToManyField), "Write the table between out."


@each(all_models(), label)
def test_a_unique_constraint_begins_with_the_organisation(model):
    if historical(model) or not owned(model):
        return
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert constraint.fields[0] in {"org", "from_org"}, constraint.name
    for field in model._meta.fields:
        if field.unique and not field.primary_key:
            assert field.name == "ref", f"{field.name} would tell other schools what exists here"


@each(all_models(), label)
def test_an_organisation_has_no_way_back_to_its_rows(model):
    if not owned(model):
        return
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey) and not historical(model):
            assert field.remote_field.related_name == "+", f"{field.name}: related_name='+'"
            assert field.remote_field.on_delete is models.PROTECT, f"{field.name}: PROTECT"


def personal_kind(field) -> bool:
    return isinstance(field, models.TextField | models.EmailField) and not field.choices


@each(all_models(), label)
def test_what_is_personal_is_named_with_its_reason(model):
    if historical(model):
        return
    declared = getattr(model, "PersonalData", None)
    assert declared is not None, "Say which fields are personal: class PersonalData: fields = {…}"
    names = {f.name for f in model._meta.fields}
    assert set(declared.fields) <= names, f"no such field: {set(declared.fields) - names}"
    assert all(declared.fields.values()), "say why each is held"
    if not owned(model):
        return
    forgotten = {f.name for f in model._meta.fields if personal_kind(f)} - set(declared.fields)
    impersonal = set(getattr(declared, "not_personal", ()))
    assert not forgotten - impersonal, f"free text can be about a child: {forgotten - impersonal}"


@each(all_models(), label)
def test_a_done_at_has_its_done_by(model):
    if historical(model):
        return
    names = {f.name for f in model._meta.fields}
    for at in [n for n in names if n.endswith("_at") and f"{n[:-3]}_by" in names]:
        pair = {at, f"{at[:-3]}_by"}
        checks = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
        assert any(pair <= names_in(c.condition) for c in checks), f"constrain {pair} together"


def names_in(condition) -> set[str]:
    found: set[str] = set()
    for child in getattr(condition, "children", []):
        if isinstance(child, tuple):
            found.add(child[0].split("__")[0])
        else:
            found |= names_in(child)
    return found


@each(all_models(), label)
def test_a_row_about_a_child_says_so_to_the_wall(model):
    if historical(model) or not isinstance(model.tenancy, Org):
        return
    has_pupil = any(f.name == "pupil" for f in model._meta.fields)
    if has_pupil and model._meta.app_label != "audit":
        assert model.tenancy.pupil or not model.tenancy.guest, "tenancy = Org(pupil='pupil_id')"


def test_people_who_sign_in_have_the_accounts_wall():
    person: Any = next(m for m in all_models() if m._meta.label == "access.Person")
    assert isinstance(person.tenancy, Account)


def test_guests_read_rows_of_these_kinds_alone_and_most_only_where_they_are_shared():
    """A new kind of row that families and visiting professionals read is decided about here."""
    shared = (("shared", True),)
    said = {model._meta.label: getattr(model, "tenancy", None) for model in all_models()}
    assert {
        name: tenancy.guest_columns
        for name, tenancy in said.items()
        if isinstance(tenancy, Org) and tenancy.guest
    } == {
        "people.Pupil": (),
        "support.Profile": (),
        "support.Cycle": shared,
        "support.Outcome": shared,
        "support.Review": shared,
        "support.Adjustment": shared,
        "support.HomeAction": shared,
    }
