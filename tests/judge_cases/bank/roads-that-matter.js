function pairs_cut(villages, roads) {
  const beside = Array.from({ length: villages }, () => []);
  roads.forEach(([a, b], road) => {
    beside[a].push([b, road]);
    beside[b].push([a, road]);
  });
  const weights = new Array(roads.length).fill(0);
  const entered = new Array(villages).fill(-1);
  const lowest = new Array(villages).fill(0);
  const size = new Array(villages).fill(1);
  const next = new Array(villages).fill(0);
  for (let root = 0; root < villages; root++) {
    if (entered[root] >= 0) continue;
    let order = 0;
    entered[root] = lowest[root] = order;
    const bridges = [];
    const path = [[root, -1]];
    while (path.length > 0) {
      const [village, cameBy] = path[path.length - 1];
      if (next[village] < beside[village].length) {
        const [other, road] = beside[village][next[village]++];
        if (road === cameBy) continue;
        if (entered[other] >= 0) {
          lowest[village] = Math.min(lowest[village], entered[other]);
        } else {
          entered[other] = lowest[other] = ++order;
          path.push([other, road]);
        }
      } else {
        path.pop();
        if (path.length === 0) continue;
        const parent = path[path.length - 1][0];
        lowest[parent] = Math.min(lowest[parent], lowest[village]);
        size[parent] += size[village];
        if (lowest[village] > entered[parent]) bridges.push([cameBy, size[village]]);
      }
    }
    for (const [road, cutOff] of bridges) weights[road] = cutOff * (size[root] - cutOff);
  }
  return weights;
}
