"""The verbs of support: status, needs, profile, plans and their reviews, mistakes."""
