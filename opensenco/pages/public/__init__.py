"""Pages for anybody: help, accessibility, privacy, and the gallery of parts."""
