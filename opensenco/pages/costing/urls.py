"""Addresses of the journey round costs."""

from django.urls import path

from opensenco.pages.costing import beside, ideas, keeping, place_ideas, totals, views, working_out

app_name = "costing"
urlpatterns = [
    path("costs/", views.over, name="over"),
    path("costs/totals/", totals.totals, name="totals"),
    path("costs/what-if/", place_ideas.what_if_place, name="what_if_place"),
    path("costs/how/", keeping.how, name="how"),
    path("costs/budget/", keeping.budget, name="budget"),
    path("costs/rates/", keeping.rates, name="rates"),
    path("costs/rates/work-out/", working_out.work_out, name="work_out"),
    path("costs/rates/<ref:rate>/", keeping.take_back, name="take_back"),
    path("costs/provisions/<ref:provision>/", beside.of_provision, name="provision"),
    path("costs/provisions/<ref:provision>/group/", beside.bearing, name="bearing"),
    path("costs/provisions/<ref:provision>/beside/", beside.add_item, name="add_item"),
    path("costs/beside/<ref:item>/", beside.item_back, name="item_back"),
    path("costs/pupils/<ref:pupil>/", views.of_pupil, name="pupil"),
    path("costs/pupils/<ref:pupil>/what-if/", ideas.what_if, name="what_if"),
    path("costs/pupils/<ref:pupil>/top-up/", views.add_top_up, name="add_top_up"),
    path("costs/top-up/<ref:top_up>/", views.top_up_back, name="top_up_back"),
]
