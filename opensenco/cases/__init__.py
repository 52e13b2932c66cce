"""The spine: dated facts, due dates, tasks, whose turn."""
