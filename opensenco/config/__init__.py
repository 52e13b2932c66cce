"""Settings and the table of addresses."""
