"""The one door (@page) and the one pen (@operation)."""
