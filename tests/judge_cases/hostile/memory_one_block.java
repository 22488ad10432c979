// expect: memory_limit
class Solution {
  static long solve(long n) {
    return new byte[1 << 30].length + new long[1 << 28].length + n;
  }
}
