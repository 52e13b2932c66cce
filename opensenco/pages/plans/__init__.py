"""The journey of support: status and needs, profile, plan and review."""
