"""What is done in threads."""
