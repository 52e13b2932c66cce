"""The verbs of provision: the library, what is promised, and what was delivered."""
