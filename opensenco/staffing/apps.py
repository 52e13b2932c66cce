"""The app of staffing."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Who gives support, for how many hours, and who stands in."""

    name = "opensenco.staffing"
    label = "staffing"

    def ready(self) -> None:
        """Register the rules, and that whoever stands in reaches the pupil and the session."""
        from opensenco.people.policy import brings_near
        from opensenco.provision.queries.logged import gives_instead
        from opensenco.provision.queries.now import runs_too
        from opensenco.staffing.policy import stands_in_today
        from opensenco.staffing.queries.standing_in import own_sessions, stand_ins

        brings_near(stands_in_today)
        runs_too(own_sessions)
        gives_instead(stand_ins)
