// expect: accepted
function count_new_marks(mark, levels) {
  let moves = 0;
  for (const level of levels) {
    if (level > mark) {
      mark = level;
      moves += 1;
    }
  }
  return moves;
}
