// expect: time_limit
class Solution {
  static long deeper(long n) {
    return deeper(n + 1) + 1;
  }

  static long solve(long n) {
    while (true) {
      try {
        deeper(n);
      } catch (Throwable again) {
      } finally {
        continue;
      }
    }
  }
}
