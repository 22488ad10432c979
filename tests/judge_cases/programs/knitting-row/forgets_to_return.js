// expect: wrong_answer
// says: value is undefined; is a return missing?
function knitting_instructions(row) {
  row.replace(/(.)\1*/g, (group) => (group.length > 1 ? group[0] + group.length : group) + " ").trim();
}
