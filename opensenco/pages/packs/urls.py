"""Addresses of packs: the sender's under `prepared`, the receiver's by the pack itself."""

from django.urls import path

from opensenco.pages.packs import (
    gathering,
    handing,
    papers,
    ready,
    receiving,
    sending,
    sharing,
    taking,
)

app_name = "packs"
urlpatterns = [
    path("packs/", receiving.pack_list, name="list"),
    path("packs/take-over/", taking.take_over, name="take_over"),
    path("packs/hand-over/", handing.hand_over, name="hand_over"),
    path("packs/following/", gathering.followed, name="following"),
    path("pupils/<ref:pupil>/put-together/", gathering.gather, name="gather"),
    path("pupils/<ref:pupil>/share/", sharing.share, name="share"),
    path("packs/prepared/<ref:prepared>/", sending.show, name="prepared"),
    path("packs/prepared/<ref:prepared>/parts/", sharing.parts, name="parts"),
    path("packs/prepared/<ref:prepared>/names/", sharing.names, name="names"),
    path("packs/prepared/<ref:prepared>/give-up/", sending.give_up, name="give_up"),
    path("packs/prepared/<ref:prepared>/withdraw/", sending.withdraw, name="withdraw"),
    path("packs/prepared/<ref:prepared>/read/", sending.read, name="read"),
    path("packs/prepared/<ref:prepared>/paper/", papers.of_sent, name="paper_sent"),
    path("packs/sample/", ready.sample, name="sample"),
    path("packs/sample/<ref:pack_edition>/", ready.sampled, name="sampled"),
    path("packs/sample/<ref:pack_edition>/files/", ready.files, name="sampled_files"),
    path("pupils/<ref:pupil>/pack/ready/", ready.one, name="ready"),
    path("pupils/<ref:pupil>/pack/", papers.new, name="paper_new"),
    path("packs/paper/<ref:pack_edition>/", papers.edition, name="edition"),
    path("packs/file/<ref:pack_file>/", papers.file, name="file"),
    path("packs/<ref:pack>/paper/", papers.of_received, name="paper_received"),
    path("packs/<ref:pack>/", receiving.show, name="received"),
    path("packs/<ref:pack>/answer/", receiving.answer, name="answer"),
]
