"""The shipped numbers with their dates of force, a module for each part of the field.

A module ends with its tuple PARAMETERS and is found by itself.
"""
