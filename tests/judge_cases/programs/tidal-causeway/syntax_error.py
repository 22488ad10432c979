# expect: compile_error
# says: line 5
def minutes_to_cross(chart):
    start = next(row.index("S") for row in chart if "S" in row)
    while start != "G"
        start += 1
    return start
