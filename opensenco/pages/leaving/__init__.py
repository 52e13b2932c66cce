"""Leaving with the whole record: a copy is asked for, made by the worker, and taken."""
