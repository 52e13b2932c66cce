"""Working time: one's own week, recorded by one tap or known already, and the totals."""
