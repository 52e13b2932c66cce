"""What people can do with packs and the tests' world does not, once each."""

from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.network.models import Pack, Prepared
from opensenco.network.operations import gathering, papers, preparing, ready, sending
from opensenco.network.states import Purpose
from opensenco.people.models import Pupil


def do(actor: Actor, later: date) -> None:
    """Packs are put together anew, mended, given up, sent, put on paper and taken back."""
    idris = Pupil.objects.select_related("org").get(first_name="Idris")
    prepared = {
        purpose: preparing.prepare_pack(
            actor=actor, pupil=idris, to=Organisation.objects.get(name="Brook Nursery"),
            purpose=purpose, until=later + timedelta(days=400),
        )
        for purpose in (Purpose.ADVICE, Purpose.MODERATION)
    }  # fmt: skip
    advice, blind = prepared.values()
    ready.put_ready_pack(actor=actor, pupil=idris, ready="meeting")
    ready.put_sample_together(actor=actor, pupils=[idris])
    preparing.choose_parts(actor=actor, prepared=advice, version=None, parts=["about", "needs"])
    preparing.mend_words(actor=actor, prepared=blind, version=None, texts={}, words="Read it.")
    preparing.drop_pack(actor=actor, prepared=blind, version=None)
    sending.send_pack(actor=actor, prepared=advice, version=None)
    sent = Prepared.objects.select_related("pupil__org", "to").get(pk=advice.pk)
    papers.put_sent_on_paper(actor=actor, prepared=sent)
    received = Pack.objects.filter(org__in=actor.hat.orgs).select_related("org", "from_org")
    edition = papers.put_received_on_paper(actor=actor, pack=received.order_by("id")[0])
    file = papers.ask_for_pack_file(actor=actor, edition=edition, form="word")
    # as an administrator, whose verb it is
    grants = {**actor.hat.grants, Action.PACK_GATHER: Reach.ALL}
    clerk = replace(actor, hat=replace(actor.hat, grants=grants))
    gathering.put_together(
        actor=clerk, pupil=idris, to=sent.to, purpose=Purpose.ADVICE, until=later
    )
    papers.stop_pack_file(actor=actor, pack_file=file, version=None)
    sending.withdraw_pack(actor=actor, prepared=sent, version=None, reason="Sent too early.")
