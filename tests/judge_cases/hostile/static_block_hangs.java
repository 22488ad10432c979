// expect: time_limit kind: static
class Solution {
  static {
    while (n() == 0) {}
  }

  static long n() {
    return 0;
  }

  static long solve(long n) {
    return n + 1;
  }
}
