"""Deeds round the register and the profile that the tests' world does not need."""

from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.participation.operations.asking_many import ask_about_many
from opensenco.people import working_with
from opensenco.people.models import Pupil
from opensenco.support.models import SavedView
from opensenco.support.operations import having_read, profile, ratings, views
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
    rated = ratings.rate_needs(actor=actor, pupil=idris, answers={"say": 2}, on=TODAY)
    ratings.mark_rating_in_error(actor=actor, rating=rated, reason="Another child.")
