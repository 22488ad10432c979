function knitting_instructions(row) {
  const groups = [];
  let start = 0;
  for (let end = 1; end <= row.length; end++) {
    if (end === row.length || row[end] !== row[start]) {
      const count = end - start;
      groups.push(row[start] + (count > 1 ? String(count) : ""));
      start = end;
    }
  }
  return groups.join(" ");
}
