// expect: wrong_answer
// says: value is a string, expected float
function dive_score(marks, difficulty) {
  if (marks.length > 2) marks = marks.sort((a, b) => a - b).slice(1, -1);
  const total = marks.reduce((sum, mark) => sum + mark, 0);
  return ((total / (marks.length || 1)) * difficulty).toFixed(6);
}
