"""Rows that somebody without an account reads by a link, and what a policy is."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q

from opensenco.access import postgres
from opensenco.access.scope import Scope

LINK = "(SELECT nullif(current_setting('app.link', true), ''))"
LINK_ORG = "(SELECT nullif(current_setting('app.link_org', true), '')::bigint)"


@dataclass(frozen=True)
class Policy:
    """One row-level security policy: its name and the text after ON <table>."""

    name: str
    text: str


@dataclass(frozen=True)
class ByLink:
    """Which row of a table somebody without an account reads by their link.

    The link's own row is found by the organisation in its address and the hash of its secret.
    Another is the one that a row which the link shows already points at: the walls of that table
    then hold here too.

    Args:
        of: label of the model that points at the row; empty for the link's own table.
        key: its key to the row; for the link's own table the column with the hash.
        ended: a column that is empty while the link holds; filled, the row is seen no more.
    """

    of: str = ""
    key: str = "key"
    ended: str = ""

    def condition(self, scope: Scope) -> Q:
        """Give the manager's condition. Nothing at all without a link."""
        if scope.link is None:
            return Q(pk__in=[])
        here = Q(org_id=scope.link.org)
        if not self.of:
            return here & Q(**{self.key: scope.link.key})
        rows = apps.get_model(self.of)._default_manager.all()
        if self.ended:
            rows = rows.filter(**{f"{self.ended}__isnull": True})
        return here & Q(pk__in=rows.values(f"{self.key}_id"))

    def policy(self) -> Policy:
        """Give the policy that says the same."""
        shown = f"{self.key} = {LINK}"
        if self.of:
            table = self.of.replace(".", "_").lower()
            while_it_holds = f" WHERE {self.ended} IS NULL" if self.ended else ""
            # names of our own models and columns
            shown = f"id IN (SELECT {self.key}_id FROM {table}{while_it_holds})"  # noqa: S608
        return Policy(
            "link", f"FOR SELECT TO {postgres.GUEST} USING (org_id = {LINK_ORG} AND {shown})"
        )
