"""What can happen to rates, conventions and top-up."""
