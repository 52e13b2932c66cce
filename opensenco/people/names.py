"""How a child is called, wherever the name comes from."""


class Named:
    """Whoever has the names that a school holds of a pupil."""

    first_name: str
    last_name: str
    known_as: str

    @property
    def said(self) -> str:
        """The first name as the child uses it."""
        return self.known_as or self.first_name

    @property
    def name(self) -> str:
        """First name and surname, as said."""
        return f"{self.said} {self.last_name}"

    @property
    def register_name(self) -> str:
        """Surname first, as registers sort."""
        return f"{self.last_name}, {self.said}"

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside a name."""
        return f"{self.said[:1]}{self.last_name[:1]}".upper()
