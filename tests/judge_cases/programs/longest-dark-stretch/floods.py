# expect: output_limit
def expected_dark_stretch(lit):
    for night in range(2**20):
        print(night, [night >> lamp & 1 for lamp in range(len(lit))])
    return 0.0
