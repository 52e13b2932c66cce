"""Pages of what a concern leads to: referrals, short programmes, requests; and diagnoses."""
