"""Addresses of one's own things: signing in and out, hats, drafts."""

from allauth.account import views as allauth
from django.urls import path

from opensenco.gate.public import public
from opensenco.pages.account import address, elsewhere, pin, second, security, views, walk_in

app_name = "account"
urlpatterns = [
    path("walk-in/", walk_in.walk_in, name="walk_in"),
    path("me/", views.me, name="me"),
    path("me/address/", address.ask, name="address"),
    path("me/address/code/", address.prove, name="address_code"),
    path("me/number/", pin.pin, name="pin"),
    path("me/sign-ins/", elsewhere.own, name="sign_ins"),
    path("sign-in/first-time/", elsewhere.first_time, name="first_time"),
    path("sign-in/with/<slug:key>/", elsewhere.there, name="elsewhere"),
    path("sign-in/with/<slug:key>/not/", elsewhere.not_elsewhere, name="not_elsewhere"),
    path("sign-out/<slug:key>/", elsewhere.left, name="left"),
    path("sign-out/<slug:key>/there/", elsewhere.leave_there, name="leave_there"),
    path("me/security/", security.security, name="security"),
    path("me/again/elsewhere/", security.again_elsewhere, name="again_elsewhere"),
    path("me/second-step/", security.second_step, name="second_step"),
    path("me/hats/", views.hats, name="hats"),
    path("me/drafts/<slug:form>/", views.keep_draft, name="draft"),
    path("me/drafts/<slug:form>/<ref:about>/", views.keep_draft, name="draft_about"),
]

#: why these are no doors: they open no scope, and ask for their person by themselves
ENTERING = public("signing in")
OWN = public("allauth asks for the person itself")

#: only these of allauth's pages are mounted, each with our own page of the same name
signing_in = [
    path("sign-in/", ENTERING(allauth.login), name="account_login"),
    path("sign-in/code/", ENTERING(second.SecondStep.as_view()), name="mfa_authenticate"),
    path("sign-in/passkey/", ENTERING(second.PasskeyIn.as_view()), name="mfa_login_webauthn"),
    # allauth asks for it by this name; the provider knows the address
    path("sign-in/back/<slug:provider_id>/", elsewhere.back, name="openid_connect_callback"),
    path("sign-out/", public("signing out", tablet=True)(allauth.logout), name="account_logout"),
    path("me/password/", OWN(second.own(allauth.password_change)), name="account_change_password"),
    path("me/again/", OWN(allauth.reauthenticate), name="account_reauthenticate"),
    path("me/again/code/", OWN(second.AgainByCode.as_view()), name="mfa_reauthenticate"),
    path(
        "me/again/passkey/",
        OWN(second.AgainByPasskey.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path("me/security/app/", OWN(second.SetUpApp.as_view()), name="mfa_activate_totp"),
    path("me/security/app/remove/", OWN(second.RemoveApp.as_view()), name="mfa_deactivate_totp"),
    path("me/security/codes/", OWN(second.ShowCodes.as_view()), name="mfa_view_recovery_codes"),
    path(
        "me/security/codes/new/", OWN(second.NewCodes.as_view()), name="mfa_generate_recovery_codes"
    ),
    path("me/security/passkeys/add/", OWN(second.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(
        "me/security/passkeys/<slug:key>/",
        OWN(second.NamePasskey.as_view()),
        name="mfa_edit_webauthn",
    ),
    path(
        "me/security/passkeys/<slug:key>/remove/",
        OWN(second.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
]
