"""What was worked out last, given again where everything that it hangs on is the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The answers of a pure function of thousands of values, the last one of each place.

    The costs of a place hang on all of its promises, hours and rates, and nobody tells when one of
    them changes. So all of it is read each time and laid beside what it was; only where nothing is
    otherwise the answer is the same. To compare takes a few milliseconds, to add up a hundred.

    Args:
        most: how many answers are kept in a process; the one not asked for longest goes first.
    """

    def __init__(self, most: int = 4) -> None:
        self._most, self._lock = most, Lock()
        self._answers: OrderedDict[Hashable, tuple[Any, T]] = OrderedDict()

    def of(self, key: Hashable, given: Any, work: Callable[[], T]) -> T:
        """Give the answer to what is given: the last one of this key, or worked out anew.

        Args:
            given: all that the answer hangs on, in values that can be compared; nobody changes
                them or the answer.
        """
        with self._lock:
            known = self._answers.get(key)
            if known is not None:
                self._answers.move_to_end(key)
        if known is not None and known[0] == given:
            return known[1]
        answer = work()
        with self._lock:
            self._answers[key] = given, answer
            self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer
