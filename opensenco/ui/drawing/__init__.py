"""How each kind of form field is drawn."""
