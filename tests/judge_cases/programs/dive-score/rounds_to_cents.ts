// expect: wrong_answer
function dive_score(marks: number[], difficulty: number): number {
  if (marks.length === 0) return 0;
  const counting = [...marks].sort((a, b) => a - b);
  if (counting.length > 2) {
    counting.pop();
    counting.shift();
  }
  const mean = counting.reduce((sum, mark) => sum + mark, 0) / counting.length;
  return Math.round(mean * difficulty * 100) / 100;
}
