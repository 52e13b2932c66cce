"""Where packs are looked at: the addresses that tasks lead to.

Pages stand above and are not imported here; a page test keeps these addresses true.
"""

from opensenco.access.refs import short
from opensenco.network.models import Prepared


def prepared_page(prepared: Prepared) -> str:
    """Give the address of the sender's page of a pack."""
    return f"/packs/prepared/{short(prepared.ref)}/"
