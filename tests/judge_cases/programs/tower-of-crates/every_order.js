// expect: time_limit
function best_tower(weights, strengths, values) {
  const used = weights.map(() => false);
  const on = (above) => {
    let best = 0;
    for (let crate = 0; crate < weights.length; crate++) {
      if (used[crate]) continue;
      used[crate] = true;
      const below = on(above + weights[crate]);
      if (above <= strengths[crate]) best = Math.max(best, values[crate] + below);
      used[crate] = false;
    }
    return best;
  };
  return on(0);
}
