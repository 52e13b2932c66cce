"""Addresses of the journey round a pupil."""

from django.urls import path

from opensenco.pages.pupils import editing, health, identity, looking_back, moving, views

app_name = "pupils"
urlpatterns = [
    path("pupils/find/", views.find_pupil, name="find"),
    path("pupils/add/", editing.add, name="add"),
    path("pupils/<ref:pupil>/", views.show, name="show"),
    path("pupils/<ref:pupil>/move/", moving.move, name="move"),
    path("pupils/<ref:pupil>/details/", editing.change, name="change"),
    path("pupils/<ref:pupil>/name/", identity.change_name, name="name"),
    path("pupils/<ref:pupil>/upn/", identity.change_upn, name="upn"),
    path("former/<ref:former_identity>/", identity.former, name="former"),
    path("pupils/<ref:pupil>/contacts/add/", editing.add_contact, name="add_contact"),
    path("contacts/<ref:contact>/", editing.change_contact, name="change_contact"),
    path("contacts/<ref:contact>/error/", editing.contact_in_error, name="contact_in_error"),
    path("pupils/<ref:pupil>/care/add/", editing.add_care, name="add_care"),
    path("pupils/<ref:pupil>/health/add/", editing.add_health, name="add_health"),
    path("health/<ref:health_alert>/", health.change, name="change_health"),
    path("pupils/<ref:pupil>/health/", health.shown, name="health"),
    path("health/<ref:health_alert>/over/", health.end, name="end_health"),
    path("health/<ref:health_alert>/error/", health.in_error, name="health_in_error"),
    path("pupils/<ref:pupil>/as-of/", looking_back.as_of, name="as_of"),
    path("pupils/<ref:pupil>/account/", looking_back.account, name="account"),
    path("pupils/<ref:pupil>/reason/", views.out_of_duty, name="out_of_duty"),
]
