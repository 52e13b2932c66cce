"""Plain rules about the words of a plan: patterns, counts and a readability formula, no guessing.

Neither Django nor a clock nor a database: what a plan says goes in (`plan.PlanText`), remarks with
their reasons come out (`checking.check`). The rules are data (plan-checker.toml). Nothing blocks.
"""
