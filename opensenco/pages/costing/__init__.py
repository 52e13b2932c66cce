"""The journey round what provision costs."""
