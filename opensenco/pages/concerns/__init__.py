"""From a worry to a decision, and what is for the safeguarding lead alone."""
