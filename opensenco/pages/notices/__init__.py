"""What one has been told, what reaches one by mail, and what became of mail."""
