"""Addresses of the contact log."""

from django.urls import path

from opensenco.pages.contacts import views, writing

app_name = "contacts"
urlpatterns = [
    path("contact-log/", views.of_place, name="list"),
    path("contact-log/choose/", writing.choose, name="choose"),
    path("pupils/<ref:pupil>/contact-log/", views.of_pupil, name="pupil"),
    path("pupils/<ref:pupil>/contact-log/add/", writing.record, name="record"),
    path("contact-log/<ref:logged_contact>/", views.show, name="show"),
    path("contact-log/<ref:logged_contact>/details/", writing.correct, name="correct"),
    path("contact-log/<ref:logged_contact>/error/", writing.in_error, name="in_error"),
]
