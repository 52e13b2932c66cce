"""Handing pupils over: put together, given, taken over, and what waits handed on."""
