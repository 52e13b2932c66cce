"""Commands: demo world, doctor."""
