# expect: accepted
from collections import defaultdict


def settle_pantry(entries: list[str]) -> dict[str, int]:
    stock: defaultdict[str, int] = defaultdict(int)
    for entry in entries:
        head, name = entry.split(" ", 1)
        sign, amount = head[0], int(head[1:])
        if sign == "=":
            stock[name] = amount
        elif sign == "+":
            stock[name] += amount
        elif stock[name] >= amount:
            stock[name] -= amount
    return {name: amount for name, amount in stock.items() if amount}
