"""Whether survivors that are explained hide others."""

from __future__ import annotations

from tests.mutants.report import Change, Survivor, change_of, report

DIFF = """# a.b.xǁRoomǁfill__mutmut_2: survived
--- a/b.py
+++ a/b.py
@@ -1,3 +1,3 @@
 def fill(self):
-    return self.free and True
+    return self.free or True
"""
CHANGE = Change("a.b", "Room.fill", "return self.free and True", "return self.free or True")


def test_a_change_is_read_from_its_diff_whatever_its_number() -> None:
    assert change_of("a.b.xǁRoomǁfill__mutmut_2", DIFF) == change_of("a.b.xǁRoomǁfill__mutmut_12", DIFF) == CHANGE
    assert change_of("a.b.x__fill__mutmut_1", DIFF).function == "_fill"


def test_an_explanation_explains_one_survivor_and_must_be_needed() -> None:
    survivors = [Survivor(name, "survived", CHANGE) for name in ("one", "two")]
    assert report(19, survivors, [CHANGE]).unexplained == (survivors[1],)
    assert report(19, survivors, [CHANGE]).good
    assert not report(18, survivors, [CHANGE]).good, "18 of 19 are less than 95 %"
    assert not report(100, [], [CHANGE]).good
