"""Whether a fault means that a disk is full, said by the system or by a database."""

import errno

_FULL = (errno.ENOSPC, errno.EDQUOT)
#: PostgreSQL's own code for it, and SQLite's words: it gives Python nothing else
_STATE, _WORDS = "53100", "database or disk is full"


def no_room(fault: BaseException | None) -> bool:
    """Tell whether this fault, or one that it came from, says that there is no room left."""
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        if isinstance(fault, OSError) and fault.errno in _FULL:
            return True
        if getattr(fault, "sqlstate", None) == _STATE or _WORDS in str(fault):
            return True
        fault = fault.__cause__ or fault.__context__
    return False
