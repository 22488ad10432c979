// expect: accepted
function pairs_cut(villages, roads) {
  const beside = Array.from({ length: villages }, () => []);
  roads.forEach(([a, b], road) => {
    beside[a].push({ other: b, road });
    beside[b].push({ other: a, road });
  });
  const weights = roads.map(() => 0);
  const entered = new Map();
  let bridges = [];

  function visit(village, cameBy) {
    const here = { entered: entered.size, lowest: entered.size, size: 1 };
    entered.set(village, here);
    for (const { other, road } of beside[village]) {
      if (road === cameBy) continue;
      const seen = entered.get(other);
      if (seen) {
        here.lowest = Math.min(here.lowest, seen.entered);
        continue;
      }
      const next = visit(other, road);
      here.size += next.size;
      here.lowest = Math.min(here.lowest, next.lowest);
      if (next.lowest > here.entered) bridges.push([road, next.size]);
    }
    return here;
  }

  for (let village = 0; village < villages; village++) {
    if (entered.has(village)) continue;
    bridges = [];
    const { size } = visit(village, -1);
    for (const [road, cutOff] of bridges) weights[road] = cutOff * (size - cutOff);
  }
  return weights;
}
