"""Finding a pupil, the pupil's page, and who looked at it."""
