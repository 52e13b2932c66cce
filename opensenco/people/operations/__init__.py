"""What can happen to places, people, pupils and groups: one function for each verb."""
