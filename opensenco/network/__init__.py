"""What goes between organisations: packs, who opened them, and what was said back."""
