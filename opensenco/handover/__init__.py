"""Pupils handed over from one colleague to another: what is live, due, promised and open."""
