"""Addresses of the cards of EHC plans."""

from django.urls import path

from opensenco.pages.ehc import giving, lines, paper, steps, views

app_name = "ehc"
urlpatterns = [
    path("ehc-plans/", views.plan_list, name="list"),
    path("ehc-plans/section-f/", giving.section, name="section_f"),
    path("pupils/<ref:pupil>/ehc-plan/", views.card, name="card"),
    path("pupils/<ref:pupil>/ehc-plan/begin/", views.begin, name="begin"),
    path("ehc-plans/<ref:ehc_plan>/right/", views.put_right, name="right"),
    path("ehc-plans/<ref:ehc_plan>/pdf/", paper.pdf, name="pdf"),
    path("ehc-plans/<ref:ehc_plan>/review/", steps.review, name="review"),
    path("ehc-plans/<ref:ehc_plan>/reviewed/", steps.reviewed, name="reviewed"),
    path("ehc-plans/<ref:ehc_plan>/amended/", steps.amended, name="amended"),
    path("ehc-plans/<ref:ehc_plan>/ended/", steps.ended, name="ended"),
    path("ehc-plans/<ref:ehc_plan>/error/", steps.in_error, name="in_error"),
    path("ehc-plans/<ref:ehc_plan>/outcomes/add/", lines.add_outcome, name="add_outcome"),
    path("ehc-plans/<ref:ehc_plan>/provision/add/", lines.add_provision, name="add_provision"),
    path("ehc-rows/<ref:ehc_line>/", lines.put_right, name="line"),
    path("ehc-rows/<ref:ehc_line>/gives/", giving.gives, name="gives"),
    path("ehc-rows/<ref:ehc_line>/error/", lines.in_error, name="line_in_error"),
]
