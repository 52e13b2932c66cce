"""Addresses of the journey of support."""

from django.urls import path

from opensenco.pages.plans import having_read, paper, pupil, ratings, sources, steps, views

app_name = "plans"
urlpatterns = [
    path("pupils/<ref:pupil>/status/", pupil.status, name="status"),
    path("pupils/<ref:pupil>/status/set/", pupil.set_status, name="set_status"),
    path("pupils/<ref:pupil>/needs/", pupil.rank, name="needs"),
    path("pupils/<ref:pupil>/profile/", pupil.read_profile, name="profile"),
    path("pupils/<ref:pupil>/profile/write/", pupil.write_profile, name="write_profile"),
    path("pupils/<ref:pupil>/profile/sources/", sources.of_profile, name="profile_sources"),
    path("pupils/<ref:pupil>/profile/read/", having_read.say_read, name="say_read"),
    path("pupils/<ref:pupil>/profile/remind/", having_read.remind, name="remind_readers"),
    path("pupils/<ref:pupil>/profile/classes/<ref:group>/", having_read.in_class, name="in_class"),
    path("profiles/", having_read.who_has_read, name="who_has_read"),
    path("pupils/<ref:pupil>/ratings/", ratings.rating_list, name="ratings"),
    path("pupils/<ref:pupil>/ratings/rate/", ratings.rate, name="rate"),
    path("ratings/<ref:need_rating>/error/", ratings.in_error, name="rating_in_error"),
    path("statuses/<ref:sen_status>/told/", pupil.told, name="told"),
    path("statuses/<ref:sen_status>/error/", pupil.status_in_error, name="status_in_error"),
    path("pupils/<ref:pupil>/plans/", steps.cycle_list, name="cycles"),
    path("pupils/<ref:pupil>/plans/start/", steps.start, name="start"),
    path("plans/<ref:cycle>/", views.plan, name="plan"),
    path("plans/<ref:cycle>/write/", views.write, name="write"),
    path("plans/<ref:cycle>/review/", views.review, name="review"),
    path("plans/<ref:cycle>/reopen/", steps.reopen, name="reopen"),
    path("plans/<ref:cycle>/next/", steps.following, name="next"),
    path("plans/<ref:cycle>/close/", steps.close, name="close"),
    path("plans/<ref:cycle>/error/", steps.in_error, name="in_error"),
    path("plans/<ref:cycle>/sources/", sources.of_plan, name="sources"),
    path("plans/<ref:cycle>/print/", paper.printed, name="print"),
    path("plans/<ref:cycle>/pdf/", paper.pdf, name="pdf"),
]
