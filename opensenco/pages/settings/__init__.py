"""Settings below an authority, area or agency: found in the national register, or added by name."""
