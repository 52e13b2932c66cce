"""Code lists as tables with dates of force."""
