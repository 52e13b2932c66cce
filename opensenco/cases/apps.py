"""The app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The spine: dated facts, due dates, tasks, whose turn."""

    name = "opensenco.cases"
    label = "cases"

    def ready(self) -> None:
        """Register the rules, and what a mail says that proves an address."""
        from opensenco.cases import log_policy, policy  # noqa: F401 (importing registers)
        from opensenco.cases.contact_log import spent_on_contacts
        from opensenco.cases.joining.people_subjects import SUBJECTS
        from opensenco.cases.joining.questions import ask_about
        from opensenco.cases.operations import inviting, own_address
        from opensenco.cases.time_log import derive_from
        from opensenco.notices.withheld import when_sending

        derive_from("contacts", spent_on_contacts)
        ask_about(*SUBJECTS)
        when_sending(own_address.CODE, own_address.code_of)
        when_sending(inviting.LINK, inviting.address_of)
