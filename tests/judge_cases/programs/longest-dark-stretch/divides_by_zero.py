# expect: runtime_error
# says: ZeroDivisionError
def expected_dark_stretch(lit):
    return sum(lit) / sum(chance for chance in lit if chance > 0.5)
