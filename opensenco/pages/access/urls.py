"""Addresses of the register of adjustments and of the accessibility plan."""

from django.urls import path

from opensenco.pages.access import views, writing

app_name = "access"
urlpatterns = [
    path("access/", views.register, name="list"),
    path("access/in-plans/", views.in_plans, name="in_plans"),
    path("access/plan/", views.plan, name="plan"),
    path("access/plan/<ref:access_plan_approval>/", views.plan_of, name="plan_of"),
    path("access/plan/approved/", writing.approved, name="approved"),
    path(
        "access/plan/<ref:access_plan_approval>/error/",
        writing.approval_in_error,
        name="not_approved",
    ),
    path("access/add/", writing.add, name="add"),
    path("pupils/<ref:pupil>/access/add/", writing.add_of_pupil, name="add_of_pupil"),
    path("access/<ref:access_decision>/", writing.change, name="change"),
    path("access/<ref:access_decision>/helped/", writing.helped, name="helped"),
    path("access/<ref:access_decision>/error/", writing.in_error, name="in_error"),
]
