"""What ended connections leave behind is collected, but not each time."""

from __future__ import annotations

import gc
import weakref

from application.base.litter import MANY, Litter


class Ended:
    def __init__(self) -> None:
        self.itself = self


def test_what_refers_to_itself_goes_once_many_have_ended() -> None:
    gc.disable()
    try:
        ended = weakref.ref(Ended())
        litter = Litter()
        assert not litter.look(MANY - 1)
        assert ended() is not None
        assert litter.look(MANY)
        assert ended() is None
        assert not litter.look(2 * MANY - 1)
        assert litter.look(2 * MANY + 5)
    finally:
        gc.enable()
