# expect: wrong_answer
# says: value['rice'] is a string, expected int
def settle_pantry(entries):
    stock = {}
    for entry in entries:
        number, name = entry[1:].split(" ", 1)
        here = int(stock.get(name, "0"))
        if entry[0] == "=":
            here = int(number)
        elif entry[0] == "+":
            here += int(number)
        elif here >= int(number):
            here -= int(number)
        stock[name] = str(here)
    return {name: amount for name, amount in stock.items() if amount != "0"}
