"""Addresses of the guide."""

from django.urls import path

from opensenco.pages.guide import links, sen, views

app_name = "guide"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("start/put-off/", views.put_off, name="put_off"),
    path("start/sen/", sen.table, name="sen"),
    path("start/links/", links.links, name="links"),
    path("start/links/made/", links.made, name="made"),
    path("start/settings/", views.above, name="above"),
    path("start/settings/put-off/", views.put_off_above, name="put_off_above"),
]
