"""Pages of observations: an adult watches a pupil and writes down what they saw."""
