"""Money of provision and top-up: exact pence, each result with the rule and numbers it rests on."""
