"""Addresses of the journey round a plan."""

from django.urls import path

from opensenco.pages.plans import paper, support_views

app_name = "plans"
urlpatterns = [
    path("pupils/<ref:pupil>/status/", support_views.status, name="status"),
    path("pupils/<ref:pupil>/status/decide/", support_views.decide, name="decide"),
    path("status/<ref:sen_status>/told/", support_views.tell, name="tell"),
    path("pupils/<ref:pupil>/needs/", support_views.rank, name="needs"),
    path("pupils/<ref:pupil>/profile/", support_views.write_profile, name="profile"),
    path("plans/<ref:cycle>/", paper.print_plan, name="plan"),
    path("plans/<ref:cycle>/print/", paper.print_plan, name="print"),
    path("plans/<ref:cycle>/pdf/", paper.pdf, name="pdf"),
]
