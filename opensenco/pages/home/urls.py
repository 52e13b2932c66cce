"""Addresses of the home page."""

from django.urls import path

from opensenco.pages.home import changed, files, views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("lists/waiting/", files.waiting, name="waiting_file"),
    path("lists/dates/", files.dates, name="dates_file"),
    path("lists/teaching/", files.teaching, name="teaching_file"),
    path("lists/classes/", files.classes, name="classes_file"),
    path("changed/", changed.changes, name="changed"),
    path("changed/seen/", changed.seen, name="seen"),
    path("news/read/", views.read_news, name="read_news"),
]
