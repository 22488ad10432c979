// expect: accepted
interface Crate {
  readonly weight: number;
  readonly strength: number;
  readonly value: number;
}

const best_tower = (weights: number[], strengths: number[], values: number[]): number => {
  const crates: Crate[] = weights.map((weight, i) => ({ weight, strength: strengths[i], value: values[i] }));
  crates.sort((a, b) => a.weight + a.strength - (b.weight + b.strength));
  let best: Map<number, number> = new Map([[0, 0]]);
  for (const { weight, strength, value } of crates) {
    const next = new Map(best);
    for (const [load, worth] of best) {
      if (load > strength) continue;
      next.set(load + weight, Math.max(next.get(load + weight) ?? 0, worth + value));
    }
    best = next;
  }
  return Math.max(...best.values());
};
