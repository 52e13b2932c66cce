"""The parts of an annual review: its twelve months, its meeting, and the amendment after it."""
