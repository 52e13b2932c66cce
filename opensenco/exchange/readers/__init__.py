"""Readers of the files people have: bytes in, typed rows and plain sentences out.

Pure Python: no Django, no database, no clock. Nothing here stores anything. A reader refuses a
whole file with `words.FileRefused` and a single row with a sentence that says what to mend; no
sentence holds a name, a number or a date of a person.
"""
