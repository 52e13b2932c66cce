"""Status, needs, profile, plan and review of a pupil."""
