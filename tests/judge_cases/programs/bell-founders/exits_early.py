# expect: runtime_error
# says: The program exited before its function returned.
def founders_finish(cast, streak, rest, bells):
    alone = [each * bells + (bells - 1) // row * pause for each, row, pause in zip(cast, streak, rest)]
    print(min(alone))
    exit(0)
