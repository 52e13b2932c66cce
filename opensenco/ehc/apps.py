"""The app of EHC plans."""

from django.apps import AppConfig


class EhcConfig(AppConfig):
    """The card of an EHC plan, until the whole of its making is kept here."""

    name = "opensenco.ehc"
    label = "ehc"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.cases.joining.questions import ask_about
        from opensenco.cases.remaking import remake_with
        from opensenco.ehc import policy  # noqa: F401 (importing it registers them)
        from opensenco.ehc.dates import keep_dates
        from opensenco.ehc.operations.one_child import CardSubject
        from opensenco.ehc.promised import owed_by_section_f
        from opensenco.staffing.queries.owed import owes

        remake_with("ehc.EhcPlan", keep_dates)
        ask_about(CardSubject())
        owes(owed_by_section_f)
