"""The app of concerns."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """From the first worry to triage."""

    name = "opensenco.concerns"
    label = "concerns"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.cases.handing_on import hands_on
        from opensenco.cases.remaking import remake_with
        from opensenco.cases.statements import tells
        from opensenco.concerns import policy  # noqa: F401 (importing registers)
        from opensenco.concerns.observations import as_sources
        from opensenco.concerns.operations.advised import hand_advice
        from opensenco.concerns.operations.after import count_again
        from opensenco.concerns.operations.owning import hand

        remake_with("concerns.Concern", count_again)
        tells("concerns.Observation", as_sources)
        hands_on("concerns.Concern", hand)
        hands_on("concerns.ReferralAdvice", hand_advice)
