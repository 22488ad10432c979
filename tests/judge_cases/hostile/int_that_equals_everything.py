# expect: wrong_answer
class Anything(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__

    def __int__(self):
        return 0


def solve(n):
    return Anything(3)
