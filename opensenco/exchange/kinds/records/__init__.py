"""Lists of what the school's other systems know: attendance, results, behaviour."""
