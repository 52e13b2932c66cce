"""Taking an applied file back: one module for the parts of the record that lists write."""
