"""Addresses of what the adults round a pupil tell each other."""

from django.urls import path

from opensenco.pages.threads import views

app_name = "threads"
urlpatterns = [
    path("pupils/<ref:pupil>/messages/", views.show, name="show"),
    path("messages/<ref:message>/", views.correct, name="correct"),
    path("messages/<ref:message>/error/", views.in_error, name="in_error"),
]
