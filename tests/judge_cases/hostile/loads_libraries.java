// expect: accepted
class Solution {
  static native long getpid();

  static long solve(long n) {
    for (String name : new String[] {"/work/Solution.class", "/work/libplanted.so", "/tmp/x.so"}) {
      try {
        System.load(name);
        return -1;
      } catch (Throwable refused) {
      }
    }
    try {
      getpid();
      return -2;
    } catch (Throwable refused) {
    }
    try {
      Class.forName("com.sun.tools.attach.VirtualMachine").getMethod("attach", String.class).invoke(null, "1");
      return -3;
    } catch (Throwable refused) {
    }
    return n + 1;
  }
}
