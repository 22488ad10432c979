// expect: wrong_answer
function longest_calm(winds, limit) {
  let best = [-1, 0];
  let start = 0;
  winds.forEach((wind, hour) => {
    if (wind > limit) {
      if (hour - start > best[1]) best = [start, hour - start];
      start = hour + 1;
    }
  });
  return best;
}
