"""The turn of the school year: what is proposed, what is decided, and what it will do."""
