"""How long what is said of a document may be, in characters."""

LONGEST_TITLE = 200
LONGEST_WORDS = 120
LONGEST_STRETCH = 40
LONGEST_KEY = 500
LONGEST_WHY = 500
