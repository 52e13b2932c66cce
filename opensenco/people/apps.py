"""The app of pupils and the people round them."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Pupils, contacts, classes, who teaches whom."""

    name = "opensenco.people"
    label = "people"

    def ready(self) -> None:
        """Tell `access` which pupils a guest's membership reaches, and register the rules."""
        from opensenco.access.actor import register_guest_pupils
        from opensenco.people import policy

        register_guest_pupils(policy.guest_pupils)
