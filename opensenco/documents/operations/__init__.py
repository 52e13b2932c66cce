"""What can happen to documents."""
