"""Files and papers made from the record."""
