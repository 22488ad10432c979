// expect: runtime_error
// says: solution.js:6
function regatta_table(races) {
  const boats = [...new Set(races.flat())];
  const last = races[races.length];
  return boats.sort((a, b) => last.indexOf(a) - last.indexOf(b));
}
