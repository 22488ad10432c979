# expect: time_limit kind: static
while True:
    pass
