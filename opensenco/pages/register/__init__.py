"""The SEN register: who is on it, what is missing, whose turn it is."""
