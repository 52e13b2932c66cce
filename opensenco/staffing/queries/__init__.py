"""Reading staffing: hours, workload, who gives what, who is away today."""
