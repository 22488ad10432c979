// expect: accepted kind: names
// Names that whoever calls this function needs, too, taken in the unnamed package.
class Runtime {
  static Runtime getRuntime() {
    while (true) {}
  }
}

class System {
  static {
    while (Runtime.getRuntime() == null) {}
  }
}

class Thread {}

class Throwable {}

class Integer {}

class List {}

class Override {}

class String {}

class Object {}

class Harness {}

class Solution {
  static long solve(long n) {
    return n + 1;
  }
}
