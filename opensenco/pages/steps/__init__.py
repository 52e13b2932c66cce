"""The guide beside each step, its words, and where guidance is departed from."""
