"""The policies that stand on every walled table, whatever its model declares."""

from opensenco.access import postgres
from opensenco.access.bylink import Policy


def system_policy() -> Policy:
    """Give the policy of the worker's system scope."""
    return Policy("system", f"TO {postgres.SYSTEM} USING (true)")


def kept_policy() -> Policy:
    """Give the policy by which the owner reads all for a backup, while it says so and only then.

    It could take the walls down as well; so it need not, and says that it reads past them.
    """
    says_so = f"(SELECT current_setting('{postgres.KEEP}', true)) = 'on'"
    return Policy("kept", f"FOR SELECT TO {postgres.OWNER} USING ({says_so})")


def standing_policies() -> tuple[Policy, Policy]:
    """Give what stands on every walled table: for the worker's system scope, and for backups."""
    return system_policy(), kept_policy()
