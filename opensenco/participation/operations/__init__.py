"""Every act of asking, answering, chasing and closing, and of the sets of questions."""
