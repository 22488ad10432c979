// expect: time_limit
class Solution {
  static long solve(long n) throws InterruptedException {
    Thread.currentThread().join();
    return n + 1;
  }
}
