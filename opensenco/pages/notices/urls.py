"""Addresses of notices and of mail."""

from django.conf import settings
from django.urls import URLPattern, path

from opensenco.pages.notices import hearing, mail, views

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("notices/", views.notice_list, name="list"),
    path("notices/read/", views.read, name="read"),
    path("whats-new/", views.whats_new, name="whats_new"),
    path("me/mail/", views.choice, name="choice"),
    path("place/mail/", mail.posted, name="mail"),
    path("mail/back/<ref:bad_address>/", mail.settle, name="settle"),
    *hearing.paths(settings.MAIL),
]
