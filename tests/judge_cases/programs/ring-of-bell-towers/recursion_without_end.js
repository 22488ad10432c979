// expect: runtime_error
// says: Maximum call stack size exceeded
function towers_reached(heights) {
  const after = (tower, from) => {
    const next = (tower + 1) % heights.length;
    return heights[next] > heights[from] ? 0 : 1 + after(next, from);
  };
  return heights.map((_, tower) => after(tower, tower));
}
