"""Rules of SEND as pure functions and dated tables. No Django, no clock."""
