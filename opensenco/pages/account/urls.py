"""Addresses of one's own things: signing in and out, hats, drafts."""

from allauth.account import views as allauth
from django.urls import path

from opensenco.gate.public import public
from opensenco.pages.account import views, walk_in

app_name = "account"
urlpatterns = [
    path("walk-in/", walk_in.walk_in, name="walk_in"),
    path("me/", views.me, name="me"),
    path("me/hats/", views.hats, name="hats"),
    path("me/drafts/<slug:form>/", views.keep_draft, name="draft"),
    path("me/drafts/<slug:form>/<ref:about>/", views.keep_draft, name="draft_about"),
]

#: only these of allauth's pages are mounted, each with our own page of the same name
signing_in = [
    path("sign-in/", public("signing in")(allauth.login), name="account_login"),
    path("sign-out/", public("signing out")(allauth.logout), name="account_logout"),
    path(
        "me/password/",
        public("allauth asks for the person itself")(allauth.password_change),
        name="account_change_password",
    ),
]
