"""Two records of one child are made one, and parted again. See docs/adr/0013."""
