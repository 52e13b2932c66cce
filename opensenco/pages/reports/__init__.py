"""Reports: what a place says of its work, written, approved, published."""
