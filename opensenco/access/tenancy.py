"""What each model says about whose its rows are: one declaration, two guards.

A declaration compiles to the manager's condition (both databases) and to the text of the
row-level security policies (PostgreSQL). docs/guide/tenancy.md explains the shapes.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from opensenco.access import postgres
from opensenco.access.bylink import ByLink, Policy
from opensenco.access.scope import Scope
from opensenco.access.standing import standing_policies
from opensenco.access.wording import Once

ORGS = "(SELECT nullif(current_setting('app.org_ids', true), '')::bigint[])::bigint[]"
PUPILS = "(SELECT nullif(current_setting('app.pupil_ids', true), '')::bigint[])::bigint[]"
PERSON = "(SELECT nullif(current_setting('app.person_id', true), '')::bigint)"
#: the day in England by the database's own clock: the wall does not take anybody's word for it
LONDON = "Europe/London"
LONDON_DAY = f"(SELECT (now() AT TIME ZONE '{LONDON}')::date)"


def within(column: str, ids: frozenset[int]) -> Q:
    """Give the condition for ids; one id is written with "=", so its index gives the order."""
    if len(ids) == 1:
        return Q(**{column: next(iter(ids))})
    return Q(**{f"{column}__in": sorted(ids)})


@dataclass(frozen=True)
class Tenancy:
    """What all declarations answer."""

    #: may be read with no scope open (signing in needs it)
    before_scope = False
    #: attribute that must be an organisation of the scope when a row is written
    writer: str | None = None
    append_only: bool = False
    deletable: bool = False
    #: the only columns that staff ever change, None for all
    changeable: tuple[str, ...] | None = None

    def condition(self, scope: Scope) -> Q | None:
        """Give the manager's condition, None where all rows may be seen."""
        raise NotImplementedError

    def change_condition(self, scope: Scope) -> Q | None:
        """Give the condition for the rows that may be changed, None where all that are seen."""
        return None

    def writer_of(self, right: str) -> str | None:
        """Give the attribute that must be an organisation of the scope for this right."""
        return self.writer

    def policies(self) -> list[Policy]:
        """Give the policies; an empty list means no row-level security."""
        raise NotImplementedError

    def rights(self, scope: Scope) -> str:
        """Give the rights of a scope on the table, for the database that has no roles."""
        kinds = {
            "staff": self.staff_rights,
            "guest": self.guest_rights,
            "system": self.system_rights,
        }
        return kinds[scope.kind]()

    def staff_rights(self) -> str:
        """Give the rights of staff on the table; never TRUNCATE, never ALL."""
        rights = ["SELECT", "INSERT"]
        if not self.append_only:
            rights.append("UPDATE")
        if self.deletable:
            rights.append("DELETE")
        return ", ".join(rights)

    def guest_rights(self) -> str:
        """Give the rights of guests on the table; empty for none at all."""
        return ""

    def grants(self) -> list[tuple[str, str]]:
        """Give (rights, role) pairs."""
        pairs = [(self.staff_rights(), postgres.APP), (self.system_rights(), postgres.SYSTEM)]
        if self.guest_rights():
            pairs.append((self.guest_rights(), postgres.GUEST))
        return pairs

    def system_rights(self) -> str:
        """Give the rights of the worker's system scope."""
        return "SELECT, INSERT, UPDATE, DELETE"


@dataclass(frozen=True)
class Org(Tenancy):
    """Rows of one organisation.

    Args:
        pupil: column that names the child, where a row is about one; guests need it.
        guest: may parents, pupils and visiting professionals read such rows.
        guest_columns: boolean columns that must be (column, value) for a guest to read the row.
        guest_insert: may guests add rows about their own child.
        link: which row somebody without an account reads by their link, for such tables.
    """

    writer: str | None = "org_id"
    pupil: str | None = None
    guest: bool = False
    guest_columns: tuple[tuple[str, bool], ...] = ()
    guest_insert: bool = False
    link: ByLink | None = None

    def condition(self, scope: Scope) -> Q:
        """Give rows of the scope's organisations; for guests also of their children only."""
        if scope.kind == "guest" and self.link is not None:
            return self.link.condition(scope)
        condition = within("org_id", scope.orgs)
        if scope.kind == "guest":
            if not self.guest or self.pupil is None:
                return Q(pk__in=[])
            condition &= within(self.pupil, scope.pupils)
            for column, value in self.guest_columns:
                condition &= Q(**{column: value})
        return condition

    def policies(self) -> list[Policy]:
        """Give the policies of tenancy shape "org"."""
        policies = [Policy("org", f"TO {postgres.APP} USING (org_id = ANY ({ORGS}))")]
        if self.link is not None:
            policies.append(self.link.policy())
        if self.guest and self.pupil:
            policies.append(
                Policy(
                    "guest",
                    f"TO {postgres.GUEST} USING (org_id = ANY ({ORGS}) "
                    f"AND {self.pupil} = ANY ({PUPILS}))",
                )
            )
            if self.guest_columns:
                shown = " AND ".join(
                    column if value else f"NOT {column}" for column, value in self.guest_columns
                )
                policies.append(
                    Policy(
                        "guest_shared",
                        f"AS RESTRICTIVE FOR SELECT TO {postgres.GUEST} USING ({shown})",
                    )
                )
        return [*policies, *standing_policies()]

    def guest_rights(self) -> str:
        """Give what guests may do."""
        if not self.guest:
            return "SELECT" if self.link is not None else ""
        return "SELECT, INSERT" if self.guest_insert else "SELECT"


@dataclass(frozen=True)
class PersonRows(Tenancy):
    """Rows that a person may read before a scope exists: memberships, drafts.

    Args:
        org_too: colleagues in the organisation read them as well.
        guests_see: the values of `role` whose rows guests of the organisation read too.
    """

    writer: str | None = "org_id"
    org_too: bool = True
    guests_see: tuple[str, ...] = ()

    def condition(self, scope: Scope) -> Q:
        """Give the person's own rows, and the organisation's where that is meant."""
        own = Q(person_id=scope.person)
        if not self.org_too:
            return own
        others = within("org_id", scope.orgs)
        if scope.kind == "guest":
            others &= Q(role__in=self.guests_see)
        return own | others

    def change_condition(self, scope: Scope) -> Q:
        """Give the organisation's rows; of drafts and the like only one's own."""
        here = within("org_id", scope.orgs)
        return here if self.org_too else here & Q(person_id=scope.person)

    def policies(self) -> list[Policy]:
        """Give the policies of tenancy shape "person"."""
        own, here = f"person_id = {PERSON}", f"org_id = ANY ({ORGS})"
        write = here if self.org_too else f"{here} AND {own}"
        both = f"{postgres.APP}, {postgres.GUEST}"
        policies = [
            Policy("read", f"FOR SELECT TO {both} USING ({own})"),
            Policy("make", f"FOR INSERT TO {both} WITH CHECK ({write})"),
        ]
        if not self.append_only:
            policies.append(
                Policy("change", f"FOR UPDATE TO {both} USING ({write}) WITH CHECK ({write})")
            )
        if self.deletable:
            policies.append(Policy("drop", f"FOR DELETE TO {both} USING ({write})"))
        if self.org_too:
            shown = ", ".join(f"'{role}'" for role in self.guests_see)
            policies += [
                Policy("colleagues", f"FOR SELECT TO {postgres.APP} USING ({here})"),
                Policy(
                    "guests",
                    f"FOR SELECT TO {postgres.GUEST} "
                    f"USING ({here} AND role = ANY (ARRAY[{shown}]::text[]))",
                ),
            ]
        return [*policies, *standing_policies()]

    def guest_rights(self) -> str:
        """Guests read their own memberships and keep their own drafts."""
        return "SELECT" if self.org_too else self.staff_rights()


@dataclass(frozen=True)
class Between(Tenancy):
    """Two-party rows: made by `from_org` for `org`, never edited, never for anybody else.

    The writer always sees what it made. The other side sees it too, a revocable row only until its
    last day or its withdrawal: the one change there is, made by the writer and never undone.
    """

    writer: str | None = "from_org_id"
    revocable: bool = True

    def __post_init__(self) -> None:
        """Say what may change: the withdrawal, or nothing."""
        object.__setattr__(self, "append_only", not self.revocable)
        object.__setattr__(self, "changeable", ("revoked_at",) if self.revocable else ())

    def condition(self, scope: Scope) -> Q:
        """Give what the scope's organisations made, and what they may still read."""
        from django.db.models.functions import Now, TruncDate

        if scope.kind == "guest":
            return Q(pk__in=[])
        received = within("org_id", scope.orgs)
        if self.revocable:
            today = Once(TruncDate(Now(), tzinfo=ZoneInfo(LONDON)))
            received &= Q(revoked_at__isnull=True) & Q(until__gte=today)
        return within("from_org_id", scope.orgs) | received

    def change_condition(self, scope: Scope) -> Q:
        """Give what the scope's organisations made and have not withdrawn."""
        return within("from_org_id", scope.orgs) & Q(revoked_at__isnull=True)

    def policies(self) -> list[Policy]:
        """Give the policies of tenancy shape "between"."""
        sent = f"from_org_id = ANY ({ORGS})"
        received = f"org_id = ANY ({ORGS})"
        if self.revocable:
            received += f" AND revoked_at IS NULL AND until >= {LONDON_DAY}"
        policies = [
            Policy("read", f"FOR SELECT TO {postgres.APP} USING ({sent} OR ({received}))"),
            Policy("make", f"FOR INSERT TO {postgres.APP} WITH CHECK ({sent})"),
        ]
        if self.revocable:
            policies.append(
                Policy(
                    "revoke",
                    f"FOR UPDATE TO {postgres.APP} USING ({sent} AND revoked_at IS NULL) "
                    f"WITH CHECK ({sent} AND revoked_at IS NOT NULL)",
                )
            )
        return [*policies, *standing_policies()]

    def staff_rights(self) -> str:
        """The body can never be edited; only the withdrawal is written."""
        return "SELECT, INSERT" + (", UPDATE (revoked_at)" if self.revocable else "")


@dataclass(frozen=True)
class Public(Tenancy):
    """Reference data without personal data of children, readable by everybody.

    Args:
        reason: why everybody may read it.
        own: column that must be an organisation of the scope for staff to change a row;
            empty where only commands do.
        adds: column that must be an organisation of the scope for staff to add a row; empty where
            only commands do.
        adds_with: what must hold besides for a row to be added, in SQL with {orgs} for the ids of
            the scope.
    """

    reason: str = ""
    own: str = ""
    adds: str = ""
    adds_with: str = ""
    before_scope = True

    def condition(self, scope: Scope) -> None:
        """Give no condition: all rows may be read."""

    def change_condition(self, scope: Scope) -> Q:
        """Give one's own organisation's row."""
        return within(self.own, scope.orgs) if self.own else Q(pk__in=[])

    def policies(self) -> list[Policy]:
        """Everybody reads; staff change their own organisation's row, and add below it."""
        if not self.own and not self.adds:
            return []
        policies = [Policy("read", "FOR SELECT USING (true)")]
        if self.own:
            mine = f"{self.own} = ANY ({ORGS})"
            policies.append(
                Policy("change", f"FOR UPDATE TO {postgres.APP} USING ({mine}) WITH CHECK ({mine})")
            )
        if self.adds:
            below = f"{self.adds} = ANY ({ORGS})"
            if self.adds_with:
                below += f" AND {self.adds_with.format(orgs=ORGS)}"
            policies.append(Policy("add", f"FOR INSERT TO {postgres.APP} WITH CHECK ({below})"))
        return [*policies, *standing_policies()]

    def writer_of(self, right: str) -> str | None:
        """A row is added by what stands above it, and changed by itself."""
        return (self.adds if right == "INSERT" else self.own) or None

    def staff_rights(self) -> str:
        """Staff read, change their own row where there is one, and add where that is meant."""
        rights = ["SELECT", "INSERT" if self.adds else "", "UPDATE" if self.own else ""]
        return ", ".join(filter(None, rights))

    def grants(self) -> list[tuple[str, str]]:
        """Pages without a person read it as well."""
        return [
            (self.staff_rights(), postgres.APP),
            ("SELECT", f"{postgres.GUEST}, {postgres.WEB}, {postgres.WORKER}"),
            (self.system_rights(), postgres.SYSTEM),
        ]


@dataclass(frozen=True)
class Account(Tenancy):
    """The people who sign in: read by the sign-in pages, and by colleagues in a scope.

    Outside a scope only the web and worker logins read it, to sign somebody in. Inside a scope a
    person sees themselves, whoever has or had a membership of the scope's organisations (guests:
    the staff among them), and the installation itself, so that what its commands did can be named.

    Args:
        keeper: the address of the installation's own row.
    """

    before_scope = True
    keeper: str = ""

    def condition(self, scope: Scope) -> Q:
        """Give oneself and the people of the scope's organisations."""
        from opensenco.access.models import Membership

        return (
            Q(pk=scope.person)
            | Q(added_by_id=scope.person)
            | Q(email=self.keeper)
            | Q(pk__in=Membership.objects.values("person_id"))
        )

    def policies(self) -> list[Policy]:
        """Give the policies of accounts."""
        both = f"{postgres.APP}, {postgres.GUEST}"
        members = "id IN (SELECT person_id FROM access_membership)"
        seen = f"id = {PERSON} OR added_by_id = {PERSON} OR email = '{self.keeper}' OR {members}"
        return [
            Policy("sign_in", f"TO {postgres.WEB}, {postgres.WORKER} USING (true)"),
            Policy("colleagues", f"FOR SELECT TO {both} USING ({seen})"),
            Policy("add", f"FOR INSERT TO {postgres.APP} WITH CHECK (added_by_id = {PERSON})"),
            *standing_policies(),
        ]

    def staff_rights(self) -> str:
        """Staff read colleagues' names and add new people."""
        return "SELECT, INSERT"

    def guest_rights(self) -> str:
        """Guests read the names of the people they deal with."""
        return "SELECT"

    def grants(self) -> list[tuple[str, str]]:
        """The sign-in pages read and change accounts."""
        return [
            *super().grants(),
            ("SELECT, INSERT, UPDATE", f"{postgres.WEB}, {postgres.WORKER}"),
        ]
