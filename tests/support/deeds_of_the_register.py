"""Deeds round the register and the profile that the tests' world does not need."""

from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.participation.operations.asking_many import ask_about_many
from opensenco.people import working_with
from opensenco.people.models import Pupil
from opensenco.support.models import SavedView
from opensenco.support.operations import (
    cycles,
    having_read,
    own_fields,
    own_values,
    profile,
    ratings,
    review_days,
    views,
)
from opensenco.support.queries.having_read import Version
from tests.cast import TODAY


def about_register(actor: Actor, idris: Pupil) -> None:
    """What helps in one class, read by who is reminded; a view that is kept and taken away."""
    (group, *_others) = working_with.groups_shared(actor, idris)
    profile.write_class_strategies(actor=actor, pupil=idris, group=group, texts=["Squared paper"])
    having_read.remind_to_read(actor=actor, pupils=[idris])
    having_read.read_profiles(actor=actor, pupils=[idris], seen={idris.pk: Version(1, 1)})
    keep = views.Keep("Reviews", shared=True, is_default=True)
    kept = views.save_view(actor=actor, org=idris.org, query="view=soon", keep=keep)
    views.change_view(actor=actor, view=kept, keep=views.Keep("Soon"), version=None)
    views.remove_view(actor=actor, view=SavedView.objects.get(pk=kept.pk))
    ask_about_many(
        actor=actor, pupils=[idris], questions="teacher-round-robin", due=TODAY + timedelta(days=7)
    )
    _about_fields(actor, idris)
    _about_reviews(actor, idris.org)
    rated = ratings.rate_needs(actor=actor, pupil=idris, answers={"say": 2}, on=TODAY)
    ratings.mark_rating_in_error(actor=actor, rating=rated, reason="Another child.")


def _about_fields(actor: Actor, idris: Pupil) -> None:
    """A field of the school's own: made, filled in, changed, moved, retired, brought back."""
    words = own_fields.FieldWords("Locker", fills=["TEACHER"])
    field = own_fields.make_field(actor=actor, org=idris.org, kind="number", words=words)
    own_values.fill_in_fields(actor=actor, pupil=idris, given={str(field.ref): 12})
    own_values.fill_in_for_many(actor=actor, pupils=[idris], given=[{str(field.ref): 13}])
    words = own_fields.FieldWords("Locker number", on_register=True)
    own_fields.change_field(actor=actor, field=field, words=words, version=None)
    own_fields.move_field(actor=actor, field=field, earlier=True)
    field.refresh_from_db()
    own_fields.retire_field(actor=actor, field=field)
    own_fields.bring_field_back(actor=actor, field=field)


def _about_reviews(actor: Actor, org: Organisation) -> None:
    """The day of a review, set for several: of a plan for Poppy, who is left without one."""
    poppy = Pupil.objects.select_related("org").get(first_name="Poppy", org=org)
    row = cycles.open_cycle(actor=actor, pupil=poppy, found="Reads little.")
    review_days.set_review_days(
        actor=actor, pupils=[poppy], review_on=TODAY + timedelta(days=60), agreed_with="Parents"
    )
    row.refresh_from_db()
    cycles.close_cycle(actor=actor, cycle=row, reason="It was not needed.")
