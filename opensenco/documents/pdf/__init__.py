"""Papers: what the house prints, as tagged PDF. Words in, bytes out; no models."""
