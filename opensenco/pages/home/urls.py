"""Addresses of the home page."""

from django.urls import path

from opensenco.pages.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("news/read/", views.read_news, name="read_news"),
]
