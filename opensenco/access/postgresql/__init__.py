"""PostgreSQL as this house uses it: named as the engine in the settings."""
