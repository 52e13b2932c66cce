"""Addresses of the journey round provision."""

from django.urls import path

from opensenco.pages.provision import (
    effect,
    giving,
    lists,
    logging,
    measuring,
    reckoning,
    sharing,
)

app_name = "provision"
urlpatterns = [
    path("now/", logging.now, name="now"),
    path("now/<ref:allocation>/", logging.log, name="log"),
    path("sessions/<ref:session>/", logging.done, name="done"),
    path("sessions/<ref:session>/change/", logging.change, name="correct"),
    path("provision/", lists.running, name="list"),
    path("provision/library/", lists.library, name="library"),
    path("provision/map/", reckoning.provision_map, name="map"),
    path("provision/ledger/", reckoning.ledger, name="ledger"),
    path("provision/ledger/sessions/", reckoning.sessions, name="ledger_sessions"),
    path("provision/add/", lists.add, name="add"),
    path("provision/<ref:provision>/", lists.show_provision, name="show"),
    path("provision/<ref:provision>/change/", lists.change, name="change"),
    path("provision/<ref:provision>/share/", sharing.share, name="share"),
    path("provision/<ref:provision>/follow/", sharing.follow, name="follow"),
    path("provision/shared/<ref:shared_provision>/", sharing.take_over, name="take_over"),
    path("provision/<ref:provision>/effect/", effect.effect, name="effect"),
    path("provision/<ref:provision>/decide/", effect.decide, name="decide"),
    path("provision/<ref:provision>/measure/", measuring.scale, name="scale"),
    path("provision/<ref:provision>/give/", giving.give, name="give"),
    path("allocations/<ref:allocation>/", giving.allocation, name="allocation"),
    path("allocations/<ref:allocation>/end/", giving.end, name="end"),
    path("allocations/<ref:allocation>/told/", giving.told, name="told"),
    path("allocations/<ref:allocation>/error/", giving.in_error, name="in_error"),
    path("allocations/<ref:allocation>/measure/", measuring.measure, name="measure"),
    path("allocations/<ref:allocation>/unmeasured/", measuring.unmeasured, name="unmeasured"),
    path("allocations/<ref:allocation>/aim/", measuring.aim, name="aim"),
    path("points/<ref:point>/change/", measuring.correct, name="point"),
]
