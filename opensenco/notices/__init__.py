"""What the record tells people, in the app and later by mail."""
