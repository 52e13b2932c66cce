"""Who somebody is and what they may see: organisations, people, memberships, roles, scope, row-level security."""
