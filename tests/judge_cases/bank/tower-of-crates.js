function best_tower(weights, strengths, values) {
  const order = weights.map((_, i) => i).sort((a, b) => weights[a] + strengths[a] - weights[b] - strengths[b]);
  const best = new Array(2201).fill(-1);
  best[0] = 0;
  for (const i of order) {
    for (let load = strengths[i]; load >= 0; load--) {
      if (best[load] >= 0) {
        best[load + weights[i]] = Math.max(best[load + weights[i]], best[load] + values[i]);
      }
    }
  }
  return Math.max(...best);
}
