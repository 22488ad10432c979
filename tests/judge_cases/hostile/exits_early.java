// expect: runtime_error
class Solution {
  static long solve(long n) {
    System.exit(0);
    return n + 1;
  }
}
