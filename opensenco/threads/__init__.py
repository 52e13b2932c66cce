"""What the adults round a pupil tell each other."""
