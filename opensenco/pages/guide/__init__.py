"""From nothing to a working record: the guide, SEN in one table, everybody's links at once."""
