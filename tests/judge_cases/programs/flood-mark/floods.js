// expect: output_limit
function count_new_marks(mark, levels) {
  for (let day = 0; day < 64; day++) {
    console.log("=".repeat(32768));
  }
  return 0;
}
