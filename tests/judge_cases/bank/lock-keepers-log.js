function stretches_with(shifts, crews) {
  const change = new Map();
  for (const [start, end] of shifts) {
    change.set(start, (change.get(start) || 0) + 1);
    change.set(end, (change.get(end) || 0) - 1);
  }
  const moments = [...change.keys()].filter((moment) => change.get(moment) !== 0).sort((a, b) => a - b);
  const stretches = [];
  let working = 0;
  for (let i = 0; i + 1 < moments.length; i++) {
    working += change.get(moments[i]);
    if (working === crews) stretches.push([moments[i], moments[i + 1]]);
  }
  return stretches;
}
