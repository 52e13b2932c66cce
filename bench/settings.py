"""The settings of the house with one address more: a page with nothing in it, to compare with."""

from opensenco.config.settings import *  # noqa: F403 (all of them)

ROOT_URLCONF = "bench.urls"
