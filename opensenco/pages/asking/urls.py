"""Addresses of what is asked: one's inbox, the rounds, the sets of questions."""

from django.urls import path

from opensenco.pages.asking import acts, answering, bylink, sets, views

app_name = "asking"
urlpatterns = [
    path("asked/", answering.inbox, name="inbox"),
    path("asked/<ref:asked>/", answering.answer, name="answer"),
    path("asked/<ref:asked>/cannot/", answering.decline, name="decline"),
    path("asked/<ref:asked>/resend/", acts.resend, name="resend"),
    path("asked/<ref:asked>/revoke/", acts.revoke, name="revoke"),
    path("link/thanks/", bylink.thanks, name="thanks"),
    path("link/<ref:organisation>/<slug:secret>/", bylink.link, name="link"),
    path("link/<ref:organisation>/<slug:secret>/code/", bylink.code, name="link_code"),
    path("link/<ref:organisation>/<slug:secret>/enter/", bylink.enter, name="link_enter"),
    path("link/<ref:organisation>/<slug:secret>/draft/", bylink.draft, name="link_draft"),
    path("link/<ref:organisation>/<slug:secret>/cannot/", bylink.cannot, name="link_cannot"),
    path("asking/", views.round_list, name="list"),
    path("asking/new/<ref:pupil>/", views.ask, name="new"),
    path("asking/about/<ref:pupil>/", views.about, name="about"),
    path("asking/<ref:ask_round>/", views.show, name="round"),
    path("asking/<ref:ask_round>/more/", acts.more, name="more"),
    path("asking/<ref:ask_round>/remind/", acts.remind, name="remind"),
    path("asking/<ref:ask_round>/thank/", acts.thank, name="thank"),
    path("asking/<ref:ask_round>/close/", acts.close, name="close"),
    path("asking/<ref:ask_round>/error/", acts.in_error, name="in_error"),
    path("questions/", sets.set_list, name="sets"),
    path("questions/own/", sets.own, name="own_set"),
    path("questions/reminders/", sets.reminders, name="reminders"),
    path("questions/starter/<slug:starter>/", sets.starter, name="starter"),
    path("questions/<ref:question_set>/", sets.edit, name="set"),
    path("questions/<ref:question_set>/away/", sets.away, name="away"),
]
