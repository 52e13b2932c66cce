"""Addresses for machines that watch; without a slash at the end, as such machines expect."""

from django.urls import path

from opensenco.pages.health import views

app_name = "health"
urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
