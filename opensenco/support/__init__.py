"""SEN status, needs, cycles of assess-plan-do-review, outcomes."""
