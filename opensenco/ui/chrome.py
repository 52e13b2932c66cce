"""What stands round every page: the header, the navigation and the way out.

A page is given one `Chrome` in its context under the name `chrome`. Pages that nobody is signed in
to see (sign-in, errors, public pages) may leave it out: `PUBLIC` stands in.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

MOST_LINKS = 8


@dataclass(frozen=True, slots=True)
class NavLink:
    """One link of the navigation.

    `label` is in the reader's language, or turned into it when drawn. `key` is compared with
    `Chrome.current`.
    `count` is how many things wait for *this person*; 0 shows nothing. `within`: another link
    counts them too.
    """

    label: str | Promise
    url: str
    key: str
    count: int = 0
    within: bool = False


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of one page for one person wearing one hat.

    `place` is the organisation and `role` how that organisation spells the person's role; both
    stand beside the mark and say which hat is worn. `current` is the key of the navigation link
    the page belongs to. `hand` is for pages held in the hand (assistant, pupil): they have no
    navigation. `demo` says that everything on screen is made up. `news` is how many notices this
    person has not read, `whats_new` how many entries of what is new in OpenSENCO. An address that
    is None hides its part of the frame. `tablet` names the
    shared tablet that this is drawn on, and `tablet_done_url` is where it is given back.

    Raises:
        ValueError: more than eight links; nobody reads the ninth.
    """

    place: str = ""
    role: str = ""
    person: str = ""
    navigation: tuple[NavLink, ...] = ()
    find_url: str | None = None
    account_url: str | None = None
    sign_out_url: str | None = None
    hats_url: str | None = None
    news_url: str | None = None
    news: int = 0
    whats_new_url: str | None = None
    whats_new: int = 0
    demo: bool = False
    hand: bool = False
    current: str = ""
    home_url: str = "/"
    tablet: str = ""
    tablet_done_url: str | None = None

    def __post_init__(self) -> None:
        if len(self.navigation) > MOST_LINKS:
            raise ValueError(
                f"The navigation has {len(self.navigation)} links, at most {MOST_LINKS} are read. "
                "Put the rest on the page they belong to."
            )

    @property
    def waiting(self) -> int:
        """How many things wait for this person, over all links, each thing once."""
        return sum(link.count for link in self.navigation if not link.within)


PUBLIC = Chrome()
