function dive_score(marks, difficulty) {
  if (marks.length === 0) {
    return 0;
  }
  let total = marks.reduce((sum, mark) => sum + mark, 0);
  let count = marks.length;
  if (count >= 3) {
    total -= Math.max(...marks) + Math.min(...marks);
    count -= 2;
  }
  return (total / count) * difficulty;
}
