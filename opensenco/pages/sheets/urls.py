"""Addresses of the sheets of classes and groups."""

from django.urls import path

from opensenco.pages.sheets import notes, views

app_name = "sheets"
urlpatterns = [
    path("teaching/", views.sheet_list, name="list"),
    path("teaching/initials/", views.initials, name="initials"),
    path("teaching/<ref:group>/", views.sheet, name="sheet"),
    path("teaching/<ref:group>/notes/", notes.notes, name="notes"),
    path("class-notes/<ref:class_note>/", notes.note, name="note"),
    path("class-notes/<ref:class_note>/error/", notes.in_error, name="note_in_error"),
    path("teaching/<ref:group>/read/", views.say_read, name="say_read"),
    path("teaching/<ref:group>/cover/", views.cover, name="cover"),
    path("teaching/<ref:group>/pdf/", views.sheet_pdf, name="pdf"),
    path("teaching/<ref:group>/cover/pdf/", views.cover_pdf, name="cover_pdf"),
]
