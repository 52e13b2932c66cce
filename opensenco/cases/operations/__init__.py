"""What can happen in the spine: days, looks out of duty, records made one and parted."""
