"""The app of provision."""

from django.apps import AppConfig


class ProvisionConfig(AppConfig):
    """What was promised and what was delivered."""

    name = "opensenco.provision"
    label = "provision"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.cases.joining.questions import after_it
        from opensenco.cases.remaking import remake_with
        from opensenco.cases.time_log import derive_from
        from opensenco.provision import policy  # noqa: F401 (importing it registers them)
        from opensenco.provision.operations.telling import ask, ask_again
        from opensenco.provision.time_spent import spent_on_sessions

        derive_from("sessions", spent_on_sessions)
        remake_with("provision.Allocation", ask)
        after_it(ask_again)
