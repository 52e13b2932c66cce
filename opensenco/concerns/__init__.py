"""From the first worry to triage."""
