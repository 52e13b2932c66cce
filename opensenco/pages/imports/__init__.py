"""Lists: read in, looked at row by row, decided about, applied, taken back."""
