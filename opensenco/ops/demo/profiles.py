"""Who has read what helps, what is new in it since, what helps in one class, and views kept."""

from opensenco.access.actions import Action
from opensenco.access.registry import may
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.working_with import groups_shared
from opensenco.support.models import Profile
from opensenco.support.operations import profile, views
from opensenco.support.operations.having_read import read_profiles
from opensenco.support.operations.ratings import rate_needs
from opensenco.support.operations.views import Keep
from opensenco.support.queries.having_read import version_of
from opensenco.support.queries.pupils import strategies_of


def make(world: World) -> None:
    """Let adults read profiles, change one so that they read it again, and keep a view."""
    _read(world)
    _changed(world)
    _rated(world)
    _kept(world)


def _read(world: World) -> None:
    for row in world.rows("profiles", "read"):
        on, pupil = world.when.snapped(row["at"], "profile"), world.pupils[row["pupil"]]
        for reader in row["by"]:
            with world.acting(reader, on) as actor:
                version = version_of(pupil)
                if version and may(actor, Action.PROFILE_VIEW, pupil):
                    read_profiles(actor=actor, pupils=[pupil], seen={pupil.pk: version})


def _changed(world: World) -> None:
    for row in world.rows("profiles", "changed"):
        on, pupil = world.when.snapped(row["at"], "profile"), world.pupils[row["pupil"]]
        with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
            held = Profile.objects.get(pupil=pupil)
            words = {part: getattr(held, part) for part in profile.PARTS}
            profile.write_profile(
                actor=actor,
                pupil=pupil,
                **{**words, "communication": "\n".join(row["communication"])},
                said_on=held.said_on,
                said_with=held.said_with,
                strategies=strategies_of(actor, pupil),
            )
            group = groups_shared(actor, pupil)[0]
            profile.write_class_strategies(
                actor=actor, pupil=pupil, group=group, texts=row["in_class"]
            )


def _rated(world: World) -> None:
    for row in world.rows("profiles", "rating"):
        on, pupil = world.when.snapped(row["at"], "profile"), world.pupils[row["pupil"]]
        with world.acting(row["by"], on) as actor:
            # early in September that day lies in the year before, when others taught them
            if may(actor, Action.REVIEW_WRITE, pupil):
                rate_needs(
                    actor=actor, pupil=pupil, answers=row["answers"], on=on, words=row["words"]
                )


def _kept(world: World) -> None:
    for row in world.rows("profiles", "view"):
        on = world.when.snapped(row["at"], "profile")
        with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
            keep = Keep(row["name"], shared=True)
            views.save_view(actor=actor, org=world.school, query=row["query"], keep=keep)
