"""Letters to families: chosen, written for one or many, looked through, sent, and proven."""
