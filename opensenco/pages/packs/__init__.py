"""The journey of a pack: shared from a pupil's page, looked at, sent, opened, answered."""
