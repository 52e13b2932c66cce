"""What changed and who looked."""
