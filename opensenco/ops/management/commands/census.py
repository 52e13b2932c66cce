"""Enter the days of the school census that the Department for Education published."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from opensenco.access.installation import installation_actor
from opensenco.access.scope import system_scope
from opensenco.cases.census_days import published_days
from opensenco.cases.operations.census import enter_census_days
from opensenco.gate.clock import clock
from opensenco.kernel.dates import parse_day, say
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.timetables.census_days import CensusFacts, Collection


class Command(BaseCommand):
    """`opensenco census 2027/28 --autumn 2027-10-07`; without a day it says what counts."""

    help = "Enter the published days of the school census, or say which days count."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the academic year and its days."""
        parser.add_argument("year", help="the academic year: 2027 or 2027/28")
        for one in Collection:
            parser.add_argument(f"--{one.value}", metavar="DAY", help=f"in {one.value}: 2027-10-07")

    def handle(self, *args: Any, **options: Any) -> None:
        """Enter them in one transaction, and say what counts now.

        Raises:
            DomainError: no such year or day; a day outside the year, or days out of their order.
        """
        year = AcademicYear.parse(options["year"])
        given = {one: parse_day(options[one.value]) for one in Collection if options[one.value]}
        if given:
            with system_scope("enter published days of the census"):
                enter_census_days(actor=installation_actor(clock().now()), year=year, days=given)
        known = published_days([year])[year]
        facts = CensusFacts(year=year, published=known)
        for one in Collection:
            how = "published" if one in known else "by the usual rule"
            self.stdout.write(f"{one.value:<8}{say(facts.day_of(one))}, {how}")
