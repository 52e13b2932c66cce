"""Ways out for mail that Django and django-anymail do not have."""
