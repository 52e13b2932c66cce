"""Who somebody is and what they may see.

Organisations, people, memberships, roles, scope, row-level security.
"""
