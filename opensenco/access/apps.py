"""The app of organisations, people and memberships."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who somebody is and what they may see."""

    name = "opensenco.access"
    label = "access"
