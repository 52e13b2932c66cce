"""A place's whole record out as an open file, and in again (docs/guide/leaving.md)."""
