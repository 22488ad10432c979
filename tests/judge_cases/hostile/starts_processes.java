// expect: accepted
class Solution {
  static long solve(long n) {
    for (String program : new String[] {"/work/program", "/bin/sh", "/python/bin/python3", "java"}) {
      try {
        new ProcessBuilder(program).start();
        return -1;
      } catch (Throwable refused) {
      }
      try {
        Runtime.getRuntime().exec(program);
        return -2;
      } catch (Throwable refused) {
      }
    }
    try {
      if (ProcessHandle.current().parent().map(ProcessHandle::destroyForcibly).orElse(false)) return -3;
      if (ProcessHandle.allProcesses().count() > 1) return -4;
    } catch (Throwable refused) {
    }
    return n + 1;
  }
}
