// expect: compile_error
// says: solution.js:5
function minutes_to_cross(chart) {
  const seen = new Set();
  for (let y = 0; y < chart.length; y++ {
    seen.add(y);
  }
  return null;
}
