"""The school's own fields: made for the place, filled in for a pupil."""
