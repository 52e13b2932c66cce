"""The kinds of lists that can be read in, one module for each; see docs/guide/imports.md."""
