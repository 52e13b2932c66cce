"""Journeys: the only place where domains meet on a screen."""
