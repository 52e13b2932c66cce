"""What can happen to the card of an EHC plan."""
