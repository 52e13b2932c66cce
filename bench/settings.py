"""The settings of the house with one address more: a page with nothing in it, to compare with."""

from opensenco.config.settings import *  # noqa: F403 (all of them)
from opensenco.config.settings import MIDDLEWARE as OF_THE_HOUSE

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.counting.Questions", *OF_THE_HOUSE]
