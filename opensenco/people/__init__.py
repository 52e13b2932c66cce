"""Pupils, contacts, enrolments, classes and groups, who teaches whom."""
