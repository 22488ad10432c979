// expect: accepted
type Sign = "+" | "-" | "=";

function settle_pantry(entries: string[]): Record<string, number> {
  const stock = new Map<string, number>();
  for (const entry of entries) {
    const space = entry.indexOf(" ");
    const sign = entry[0] as Sign;
    const amount = Number(entry.slice(1, space));
    const name = entry.slice(space + 1);
    const here = stock.get(name) ?? 0;
    if (sign === "=") stock.set(name, amount);
    else if (sign === "+") stock.set(name, here + amount);
    else if (amount <= here) stock.set(name, here - amount);
  }
  return Object.fromEntries([...stock].filter(([, amount]) => amount > 0));
}
