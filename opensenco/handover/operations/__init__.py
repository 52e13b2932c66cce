"""What can happen to a hand-over."""
