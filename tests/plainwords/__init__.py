"""Tests of the rules about words, without a database."""
