"""Addresses of the school census."""

from django.urls import path

from opensenco.pages.census import views

app_name = "census"
urlpatterns = [path("census/", views.census, name="list")]
