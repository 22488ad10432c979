// expect: output_limit
class Solution {
  static long solve(long n) {
    String text = "x".repeat(65536);
    while (true) System.err.print(text);
  }
}
