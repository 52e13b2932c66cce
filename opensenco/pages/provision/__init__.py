"""Now, logging a session, giving provision, and what the school gives."""
