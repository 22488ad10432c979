// expect: accepted kind: stack
// Through whatever leads to the classes that called this one.
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.util.ArrayList;
import java.util.List;

class Solution {
  static boolean opens(AccessibleObject thing) {
    try {
      thing.setAccessible(true);
      return true;
    } catch (RuntimeException refused) {
      return false;
    }
  }

  static long solve(long n) throws Throwable {
    List<Class<?>> found = new ArrayList<>();
    StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    walker.forEach(frame -> found.add(frame.getDeclaringClass()));
    for (String name : new String[] {"Harness", "Call", "Input", "Answer", "Call$Loader"})
      found.add(ClassLoader.getSystemClassLoader().loadClass("codemaze.judge." + name));
    found.add(Solution.class.getClassLoader().getClass());
    int seen = 0;
    for (Class<?> type : found) {
      if (!type.getName().startsWith("codemaze.judge.")) continue;
      seen++;
      for (AccessibleObject field : type.getDeclaredFields()) if (opens(field)) return -1;
      for (AccessibleObject method : type.getDeclaredMethods()) if (opens(method)) return -2;
      for (AccessibleObject made : type.getDeclaredConstructors()) if (opens(made)) return -3;
      try {
        MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        return -4;
      } catch (IllegalAccessException refused) {
      }
      try {
        type.getModule().addOpens(type.getPackageName(), Solution.class.getModule());
        return -5;
      } catch (IllegalCallerException refused) {
      }
    }
    for (String name : new String[] {"sun.misc.Unsafe", "com.sun.tools.attach.VirtualMachine"}) {
      try {
        Class.forName(name);
        return -6;
      } catch (ClassNotFoundException refused) {
      }
    }
    if (opens(Thread.class.getDeclaredField("target"))) return -7;
    return seen < 7 ? -8 : n + 1;
  }
}
