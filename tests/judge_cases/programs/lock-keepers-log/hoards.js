// expect: memory_limit
// says: The program ran out of memory.
function stretches_with(shifts, crews) {
  const timeline = [];
  for (let moment = 0; ; moment++) {
    timeline.push(new Array(500000).fill(moment + crews));
  }
}
