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
        from opensenco.cases.statements import tells
        from opensenco.cases.time_log import derive_from
        from opensenco.documents.policy import taken_down_by
        from opensenco.provision import policy  # importing it registers them
        from opensenco.provision.operations.telling import ask, ask_again
        from opensenco.provision.queries import showing
        from opensenco.provision.time_spent import spent_on_sessions

        tells("provision.Session", showing.sessions_told)
        tells("provision.Work", showing.work_told)
        taken_down_by(policy.taken_down)
        derive_from("sessions", spent_on_sessions)
        remake_with("provision.Allocation", ask)
        after_it(ask_again)
