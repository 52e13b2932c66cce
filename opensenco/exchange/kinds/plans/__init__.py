"""Plans and reports that are files: each is found its child, shown, and filed as a document."""
