"""Days that count: bank holidays, working days, school days, academic years, and counting them."""
