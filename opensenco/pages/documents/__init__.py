"""The documents of a pupil: filed, listed, opened, put right."""
