// expect: compile_error
// says: solution.ts(6,
function count_new_marks(mark: number, levels: number[]): number {
  let moves = 0;
  for (const level of levels) {
    if (level > mark {
      moves++;
    }
  }
  return moves;
}
