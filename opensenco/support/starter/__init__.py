"""Data that comes with the product for plans: the rules by which their wording is checked."""
