"""The tenancy of what signing in alone needs: sessions and known browsers."""

from dataclasses import dataclass

from django.db.models import Q

from opensenco.access import postgres
from opensenco.access.bylink import Policy
from opensenco.access.scope import Scope
from opensenco.access.standing import kept_policy
from opensenco.access.tenancy import Tenancy


@dataclass(frozen=True)
class LoginRows(Tenancy):
    """Rows that the web and worker logins read and write, and no role inside a scope ever.

    So a question that goes wrong on a page finds nobody's session, as with the tables of Django and
    allauth that signing in needs (access/walls.py). Inside an operation, `as_login` opens them.

    Args:
        reason: why they belong to no organisation.
    """

    reason: str = ""
    before_scope = True
    deletable = True

    def condition(self, scope: Scope) -> Q:
        """Give no row inside a scope."""
        return Q(pk__in=[])

    def policies(self) -> list[Policy]:
        """The logins see all rows; the roles of scopes have no policy, and no grant either."""
        logins = f"{postgres.WEB}, {postgres.WORKER}"
        return [Policy("sign_in", f"TO {logins} USING (true)"), kept_policy()]

    def staff_rights(self) -> str:
        """Staff do nothing with them."""
        return ""

    def system_rights(self) -> str:
        """Nor does the worker's system scope."""
        return ""

    def grants(self) -> list[tuple[str, str]]:
        """The logins do everything."""
        return [("SELECT, INSERT, UPDATE, DELETE", f"{postgres.WEB}, {postgres.WORKER}")]
