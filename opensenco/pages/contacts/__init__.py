"""The contact log: who was in touch with a family, when, how, and what follows."""
