"""Where somebody is signed in, from which browsers they have come, and who was helped back in."""

from typing import ClassVar

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Referenced
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.login_rows import LoginRows
from opensenco.access.managers import ScopedManager
from opensenco.access.tenancy import Org, Tenancy


class WebSession(AbstractBaseSession):
    """A browser that comes again: Django's session, with whose it is beside what it holds.

    So that its owner sees where they are signed in and ends it. Of where they are it knows only
    whether that is the network they come from now: a keyed hash, no address.
    """

    tenancy: ClassVar[Tenancy] = LoginRows(reason="a sign-in is a person's, in any role")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "to be seen and ended by them",
            "session_data": "who is signed in, and what they were doing",
            "device": "to be known again by them: “Chrome on Windows”",
            "network": "to tell them whether it is the network they use now",
        }

    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    device = models.CharField(max_length=80, blank=True, default="")
    network = models.CharField(max_length=32, blank=True, default="")
    began_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()  # type: ignore[misc, assignment] # ours knows the wall

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        base_manager_name = "objects"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Give what reads and writes it."""
        from opensenco.access.sessions import SessionStore

        return SessionStore


class KnownDevice(Referenced):
    """A browser from which somebody has signed in before, by a secret that it keeps.

    The secret is kept as a hash. A browser that several people use is known for each of them.
    """

    tenancy: ClassVar[Tenancy] = LoginRows(reason="a browser is a person's, in any role")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "to be told of a browser that is new",
            "device": "to be known again by them: “Chrome on Windows”",
        }

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    device = models.CharField(max_length=80)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # until when it is not asked for the second step, and a mark of the password that it was for
    remembered_until = models.DateTimeField(null=True, blank=True)
    remembered_for = models.CharField(max_length=64, blank=True, default="")

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "key"], name="access_knowndevice_once"),
            models.CheckConstraint(
                condition=models.Q(remembered_until__isnull=True, remembered_for="")
                | (models.Q(remembered_until__isnull=False) & ~models.Q(remembered_for="")),
                name="access_knowndevice_remembered_for_a_password",
            ),
        ]

    def __str__(self) -> str:
        return self.device


class SecondStepReset(OrgOwned):
    """Somebody's second step was taken away by a colleague who may: by whom, when and why."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "membership": "whose it was",
            "by": "who did it",
            "reason": "what was said for it",
        }

    membership = tenant_key("access.Membership")
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(max_length=500)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(membership="access.Membership"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="access_secondstepreset_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"second step reset {self.ref}"
