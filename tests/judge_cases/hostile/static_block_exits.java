// expect: runtime_error kind: start
class Solution {
  static {
    Runtime.getRuntime().halt(0);
  }

  static long solve(long n) {
    return n + 1;
  }
}
