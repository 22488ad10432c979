# expect: runtime_error
def knitting_instructions(row):
    return {"kkkppk": "k3 p2 k", "kpkp": "k p k p", "yyyyyyyyyyyy": "y12"}[row]
