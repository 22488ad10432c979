// expect: runtime_error
class Solution {
  static long solve(long n) {
    return solve(n + 1) + solve(n + 2);
  }
}
