// expect: compile_error accepted
// The names of classes become those of files.
class Solution {
  static class \u202e\u2066gpj {}

  static class \u002e\u002e\u002fplanted {}

  static long solve(long n) {
    return n + 1;
  }
}
