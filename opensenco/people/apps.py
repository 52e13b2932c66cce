"""The app of pupils and the people round them."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Pupils, contacts, classes, who teaches whom."""

    name = "opensenco.people"
    label = "people"

    def ready(self) -> None:
        """Tell `access` which pupils a guest's membership reaches, and register the rules."""
        from opensenco.access.actor import register_guest_pupils
        from opensenco.gate.drafts import also_about
        from opensenco.people import policy
        from opensenco.people.models import Pupil

        register_guest_pupils(policy.guest_pupils)
        # what was begun about a record that was made one with another is about that other
        also_about(lambda ref: Pupil.objects.filter(same_as__ref=ref).values("ref"))
