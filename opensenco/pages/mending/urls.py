"""Addresses where mistakes in who is who are put right."""

from django.urls import path

from opensenco.pages.mending import places, records

app_name = "mending"
urlpatterns = [
    path("who-is-who/", records.start, name="start"),
    path("who-is-who/added-in-error/", records.aside, name="aside"),
    path("who-is-who/<ref:joining>/part/", records.part, name="part"),
    path("who-is-who/<ref:joining>/bring-over/", records.bring, name="bring"),
    path("pupils/<ref:pupil>/put-right/", places.wrong, name="wrong"),
    path("pupils/<ref:pupil>/other-record/", records.choose, name="choose"),
    path("pupils/<ref:pupil>/one-child/", records.one, name="one"),
    path("pupils/<ref:pupil>/two-children/", records.apart, name="apart"),
    path("pupils/<ref:pupil>/first-day/", places.first_day, name="first_day"),
    path("pupils/<ref:pupil>/part/", places.part_of_school, name="part_of_school"),
    path("pupils/<ref:pupil>/added-in-error/", places.in_error, name="in_error"),
    path("places/<ref:group_pupil>/never/", places.never, name="never"),
]
