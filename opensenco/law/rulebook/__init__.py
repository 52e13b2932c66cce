"""The rules themselves, as data: identifier, kind, strength, where they stand, and plain words."""
