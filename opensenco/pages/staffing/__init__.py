"""Staff who give support: hours, workload, roster, who is away today and who stands in."""
