"""The app of asking and being asked."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Who was asked what, by when, and what they said."""

    name = "opensenco.participation"
    label = "participation"

    def ready(self) -> None:
        """Register the rules, and what is told of answers as sources, of links and of codes."""
        from opensenco.cases.handing_on import hands_on
        from opensenco.cases.statements import tells
        from opensenco.notices.withheld import when_sending
        from opensenco.participation import bylink, policy  # noqa: F401 (importing registers)
        from opensenco.participation.as_sources import as_sources
        from opensenco.participation.operations.links import close_links_of
        from opensenco.participation.operations.owning import hand_asked, hand_round
        from opensenco.people.leaving import closes

        hands_on("participation.Asked", hand_asked)
        hands_on("participation.AskRound", hand_round)
        closes(close_links_of)
        tells("participation.AskRound", as_sources)
        when_sending(bylink.LINK, bylink.address_of)
        when_sending(bylink.CODE, bylink.code_of)
