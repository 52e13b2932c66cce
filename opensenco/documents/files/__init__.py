"""Files as they come from people: looked at, named, scanned and kept. Knows no models."""
