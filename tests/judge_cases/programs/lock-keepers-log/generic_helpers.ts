// expect: accepted
class Tally<Key> {
  private readonly counts = new Map<Key, number>();

  add(key: Key, by: number): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + by);
  }

  *changes(): Iterable<[Key, number]> {
    for (const entry of this.counts) if (entry[1] !== 0) yield entry;
  }
}

function pairwise<Item>(items: readonly Item[]): [Item, Item][] {
  return items.slice(1).map((item, index) => [items[index], item]);
}

enum Change {
  Starts = 1,
  Stops = -1,
}

function stretches_with(shifts: number[][], crews: number): number[][] {
  const tally = new Tally<number>();
  for (const [start, end] of shifts) {
    tally.add(start, Change.Starts);
    tally.add(end, Change.Stops);
  }
  const changes = [...tally.changes()].sort(([a], [b]) => a - b);
  console.log(`${changes.length} changes`);
  let working = 0;
  const found: number[][] = [];
  for (const [[moment, by], [following]] of pairwise(changes)) {
    working += by;
    if (working === crews) found.push([moment, following]);
  }
  return found;
}
