// expect: accepted
function settle_pantry(entries) {
  const stock = new Map();
  for (const entry of entries) {
    const space = entry.indexOf(" ");
    const amount = Number(entry.slice(1, space));
    const name = entry.slice(space + 1);
    const here = stock.get(name) ?? 0;
    if (entry[0] === "+") {
      stock.set(name, here + amount);
    } else if (entry[0] === "=") {
      stock.set(name, amount);
    } else if (amount <= here) {
      stock.set(name, here - amount);
    }
  }
  return Object.fromEntries([...stock].filter(([, amount]) => amount > 0));
}
