# expect: runtime_error
# Nobody ever resumes what this waits for.
class Never:
    def __await__(self):
        while True:
            yield


async def solve(n):
    await Never()
    return n + 1
