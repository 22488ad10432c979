// expect: accepted
function count_new_marks(mark: number, levels: number[]): number {
  let moves = 0;
  for (const level of levels) {
    if (level > mark) {
      mark = level;
      moves++;
    }
  }
  return moves;
}
