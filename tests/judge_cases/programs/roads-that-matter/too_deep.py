# expect: runtime_error
# says: ecursion
def pairs_cut(villages, roads):
    def reach(village):
        return {village}.union(*(reach(b if a == village else a) for a, b in roads if village in (a, b)))

    return [len(reach(a)) * len(reach(b)) for a, b in roads]
