"""What was promised and what was delivered."""
