"""Addresses of the settings below one's own organisation."""

from django.urls import path

from opensenco.pages.settings import first, following, views

app_name = "settings"
urlpatterns = [
    path("settings/", views.list_settings, name="list"),
    path("settings/find/", views.find, name="find"),
    path("settings/register/", views.adopt, name="adopt"),
    path("settings/add/", views.add, name="add"),
    path("settings/first/", first.invite, name="invite"),
    path("settings/invited/", first.invited, name="invited"),
    path("school/goes-on/", following.goes_on, name="goes_on"),
    path("school/goes-on/back/", following.goes_back, name="goes_back"),
]
