"""The place's register of adjustments, and its accessibility plan."""
