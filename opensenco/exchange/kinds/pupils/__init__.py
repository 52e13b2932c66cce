"""Pupils: found by UPN, then by name and date of birth, else a person decides."""
