"""Addresses of packs: the sender's under `prepared`, the receiver's by the pack itself."""

from django.urls import path

from opensenco.pages.packs import receiving, sending, sharing

app_name = "packs"
urlpatterns = [
    path("packs/", receiving.pack_list, name="list"),
    path("pupils/<ref:pupil>/share/", sharing.share, name="share"),
    path("packs/prepared/<ref:prepared>/", sending.show, name="prepared"),
    path("packs/prepared/<ref:prepared>/parts/", sharing.parts, name="parts"),
    path("packs/prepared/<ref:prepared>/names/", sharing.names, name="names"),
    path("packs/prepared/<ref:prepared>/give-up/", sending.give_up, name="give_up"),
    path("packs/prepared/<ref:prepared>/withdraw/", sending.withdraw, name="withdraw"),
    path("packs/prepared/<ref:prepared>/read/", sending.read, name="read"),
    path("packs/<ref:pack>/", receiving.show, name="received"),
    path("packs/<ref:pack>/answer/", receiving.answer, name="answer"),
]
