"""The design system: environment, form renderer, components."""
