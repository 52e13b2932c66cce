"""What is done with a concern, and with what is for the safeguarding lead."""
