"""Records at a glance: attendance, results and behaviour of a pupil, beside what the school did."""
