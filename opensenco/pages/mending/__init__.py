"""Mistakes in who is who are put right: two records of one child, a pupil where they are not."""
