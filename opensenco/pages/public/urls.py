"""Addresses for anybody."""

from django.urls import path

from opensenco.pages.public import views

app_name = "public"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/parents/", views.for_parents, name="for_parents"),
    path("privacy/pupils/", views.for_pupils, name="for_pupils"),
    path("privacy/staff/", views.for_staff, name="for_staff"),
    path("gallery/", views.gallery, name="gallery"),
]
