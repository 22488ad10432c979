// expect: runtime_error
// says: solution.ts:6
function settle_pantry(entries: string[]): Record<string, number> {
  const stock: Record<string, number> = {};
  for (const entry of entries) {
    const [, sign, amount, name] = /^([+-])(\d+) (.*)$/.exec(entry)!;
    stock[name] = Math.max((stock[name] ?? 0) + Number(sign + amount), 0);
    if (stock[name] === 0) delete stock[name];
  }
  return stock;
}
