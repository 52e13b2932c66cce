"""What can happen with staff: hours are entered, somebody is away, somebody stands in."""
