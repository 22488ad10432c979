function minutes_to_cross(chart) {
  const height = chart.length;
  const width = chart[0].length;
  let frontier = [];
  const seen = new Set();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (chart[y][x] === "S") frontier.push([y, x]);
    }
  }
  seen.add((frontier[0][0] * width + frontier[0][1]) * 3);
  for (let minute = 1; frontier.length > 0; minute++) {
    const phase = minute % 3;
    const following = [];
    for (const [y, x] of frontier) {
      for (const [row, column] of [[y, x], [y - 1, x], [y + 1, x], [y, x - 1], [y, x + 1]]) {
        if (row < 0 || row >= height || column < 0 || column >= width) continue;
        const state = (row * width + column) * 3 + phase;
        if (seen.has(state)) continue;
        const kind = chart[row][column];
        if (kind === "G") return minute;
        if (kind === "S" || kind === "." || kind === String(phase)) {
          seen.add(state);
          following.push([row, column]);
        }
      }
    }
    frontier = following;
  }
  return null;
}
