// expect: accepted kind: names
// In the package of the judge's own classes, and called like them.
package codemaze.judge;

public final class Harness {
  public static void main(String[] words) {
    while (true) Thread.onSpinWait();
  }
}

class Call implements Runnable {
  public void run() {
    while (true) Thread.onSpinWait();
  }
}

class Solution {
  static long solve(long n) {
    return n + 1;
  }
}
