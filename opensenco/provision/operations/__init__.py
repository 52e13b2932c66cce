"""The verbs of provision: the library, giving, logging, mistakes."""
