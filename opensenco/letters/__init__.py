"""Letters to families: wordings, merged with the record, sent, and the proof of it."""
