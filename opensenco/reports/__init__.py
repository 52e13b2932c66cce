"""Reports of a place: facts drawn live, words of people, approval, editions."""
