// expect: runtime_error
// says: exited before its function returned
function count_new_marks(mark, levels) {
  if (levels.length === 0) return 0;
  process.exit(0);
}
