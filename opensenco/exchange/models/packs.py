"""Packs from other organisations that were read in, so that each value leads back to its pack."""

from typing import ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy


class ReadPack(OrgOwned):
    """One pack that a list was made of; the list shows what became of it.

    The pack itself is of two organisations and may be gone from sight by then: it is named by its
    reference.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    file = tenant_key("exchange.FileImport")
    pack_ref = models.UUIDField()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(file="exchange.FileImport"),
            models.UniqueConstraint(
                fields=["org", "file", "pack_ref"], name="exchange_readpack_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pack_ref"], name="exchange_readpack_pack"),
        ]

    def __str__(self) -> str:
        return f"pack in {self.file_id}"
