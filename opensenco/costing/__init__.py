"""What provision costs: rates with their dates, the place's own way, and who is over the threshold.

Pay is seen by those alone who keep the rates. Whoever else sees costs sees them at standard rates,
which are nobody's pay, so that no figure of theirs rests on what somebody is paid.
"""
