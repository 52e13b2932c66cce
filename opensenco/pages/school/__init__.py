"""Our own place: who can see what, staff and their roles, our own roles and our own words."""
