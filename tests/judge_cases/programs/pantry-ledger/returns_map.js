// expect: wrong_answer
// says: value is Map, which no answer has; return Object.fromEntries(it)
function settle_pantry(entries) {
  const stock = new Map();
  for (const entry of entries) {
    const [, sign, amount, name] = entry.match(/^([-+=])(\d+) (.*)$/u);
    const here = stock.get(name) ?? 0;
    if (sign === "=") stock.set(name, Number(amount));
    else if (sign === "+") stock.set(name, here + Number(amount));
    else if (here >= amount) stock.set(name, here - amount);
  }
  return stock;
}
