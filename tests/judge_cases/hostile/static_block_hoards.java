// expect: memory_limit kind: start
class Solution {
  static final byte[][] BLOCKS = new byte[1024][];

  static {
    for (int i = 0; i < BLOCKS.length; i++) BLOCKS[i] = new byte[1 << 20];
  }

  static long solve(long n) {
    return n + 1;
  }
}
