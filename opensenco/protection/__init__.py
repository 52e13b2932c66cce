"""Rights over personal data: requests, what is held, how long it is kept, how it is disposed of."""
