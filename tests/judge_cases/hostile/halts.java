// expect: runtime_error
class Solution {
  static {
    Runtime.getRuntime().halt(0);
  }

  static long solve(long n) {
    return n + 1;
  }
}
