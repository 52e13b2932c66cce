"""Pages about rights over personal data: requests, who looked, how long records are kept."""
