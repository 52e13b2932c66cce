"""The card of an EHC plan: authority, officer, days, outcomes and provision."""
