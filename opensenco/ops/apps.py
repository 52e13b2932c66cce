"""The app that holds the commands."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Commands of `opensenco`; no tables."""

    name = "opensenco.ops"
    verbose_name = "Commands"

    def ready(self) -> None:
        """Say what the worker does that no app may: look at what is every place's."""
        from opensenco.exchange import jobs
        from opensenco.ops import clearing, failing, posting, protecting
        from opensenco.protection import jobs as requests

        jobs.when_left_alone(clearing.take_from_nobody)
        requests.read_beyond(protecting.drafts)
        posting.begin()
        failing.begin()
