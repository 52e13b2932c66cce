"""The app of support."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """SEN status, needs, cycles of assess-plan-do-review, outcomes."""

    name = "opensenco.support"
    label = "support"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.cases.joining.questions import after_it, ask_about
        from opensenco.cases.remaking import remake_with
        from opensenco.cases.statements import tells
        from opensenco.cases.time_log import derive_from
        from opensenco.support import policy  # noqa: F401 (importing it registers them)
        from opensenco.support.operations import one_child
        from opensenco.support.operations.status import keep_dates
        from opensenco.support.queries.records import as_sources
        from opensenco.support.time_spent import spent_on_reviews

        tells("support.AssessmentResult", as_sources)
        derive_from("reviews", spent_on_reviews)
        remake_with("support.SenStatus", keep_dates)
        ask_about(*one_child.SUBJECTS)
        after_it(one_child.count_again)
