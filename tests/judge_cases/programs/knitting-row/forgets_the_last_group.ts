// expect: wrong_answer
// says: value is "k3 p2", expected "k3 p2 k"
function knitting_instructions(row: string): string {
  const groups: string[] = [];
  let start = 0;
  for (let end = 1; end < row.length; end++) {
    if (row[end] === row[start]) continue;
    groups.push(row[start] + (end - start > 1 ? String(end - start) : ""));
    start = end;
  }
  return groups.join(" ");
}
