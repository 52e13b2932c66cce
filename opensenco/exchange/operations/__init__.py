"""The verbs of exchange: the register read, a setting adopted, a file read, decided and applied."""
