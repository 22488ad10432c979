// One call of the player's function: finding it, calling it, and saying what came of it.
package codemaze.judge;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

final class Call implements Runnable {
  static final int FRAMES = 8;
  // Made beforehand: when memory is out there is none left to make it of.
  static final byte[] NO_MEMORY = Answer.refusal("memory_limit", "The program ran out of memory.");
  static final byte[] NO_RETURN = Answer.refusal("runtime_error", "The function did not return.");

  final Loader loader = new Loader();
  final String type, function;
  final List<Kind> kinds;
  final byte[] request;
  volatile byte[] answer = NO_RETURN;

  Call(String type, String function, List<Kind> kinds, byte[] request) {
    this.type = type;
    this.function = function;
    this.kinds = kinds;
    this.request = request;
  }

  @Override
  public void run() {
    try {
      answer = value();
    } catch (Refused refused) {
      answer = Answer.refusal(refused.verdict, refused.what);
    } catch (Throwable thrown) {
      answer = failure(thrown);
    }
  }

  byte[] value() throws Throwable {
    Method method = method();
    Type[] types = method.getGenericParameterTypes();
    Object[] values = new Object[types.length];
    Input input = new Input(request);
    for (int i = 0; i < values.length; i++) values[i] = input.read(kinds.get(i), types[i]);
    Object self = null;
    try {
      if (!Modifier.isStatic(method.getModifiers())) {
        Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        self = constructor.newInstance();
      }
      StringBuilder out = new StringBuilder("{\"value\":");
      Answer.write(out, method.invoke(self, values), 0);
      out.append(",\"memory_kib\":").append(used() >> 10).append('}');
      return out.toString().getBytes(StandardCharsets.US_ASCII);
    } catch (InvocationTargetException error) {
      throw error.getCause();
    } catch (NoSuchMethodException error) {
      String owner = method.getDeclaringClass().getSimpleName();
      throw new Refused("runtime_error", function + " is not static, and " + owner + " is not made without arguments.");
    } catch (Refused refused) {
      throw new Refused(refused.verdict, "value" + refused.place + refused.what);
    }
  }

  // How much of the heap is taken; what the system counts is the sum of all calls.
  static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  // The method to call: of those with the name, the first that takes such arguments. The class where it should be comes
  // first, but any other will do.
  Method method() throws IOException {
    Method named = null;
    String like = null;
    boolean hasMain = false;
    for (String name : loader.names(type)) {
      for (Method method : methods(name)) {
        if (method.isSynthetic() || Modifier.isAbstract(method.getModifiers())) continue;
        hasMain |= method.getName().equals("main");
        if (bare(method.getName()).equals(bare(function))) like = method.getName();
        if (!method.getName().equals(function)) continue;
        if (takes(method)) {
          method.setAccessible(true);
          return method;
        }
        named = method;
      }
    }
    if (named != null) {
      String expected = String.join(", ", kinds.stream().map(Kind::text).toList());
      throw new Refused("runtime_error", function + " does not take the arguments of the problem: " + expected + ".");
    }
    String hint = "";
    if (like != null) hint = " It has " + like + ", which is another name.";
    else if (hasMain) hint = " Its main is not called: " + function + " is, and what it returns is the answer.";
    throw new Refused("runtime_error", "The program defines no function " + function + "." + hint);
  }

  Method[] methods(String name) {
    try {
      return Class.forName(name, false, loader).getDeclaredMethods();
    } catch (ClassNotFoundException | LinkageError broken) {
      return new Method[0];
    }
  }

  static String bare(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  boolean takes(Method method) {
    Type[] types = method.getGenericParameterTypes();
    if (types.length != kinds.size()) return false;
    for (int i = 0; i < types.length; i++) if (!Input.takes(kinds.get(i), types[i])) return false;
    return true;
  }

  // What the player is told of an error: itself, and the lines of their own code that led to it.
  static byte[] failure(Throwable thrown) {
    try {
      if (thrown instanceof ExceptionInInitializerError && thrown.getCause() != null) thrown = thrown.getCause();
      // A thread that cannot be started is reported as a lack of memory.
      if (thrown instanceof OutOfMemoryError && !String.valueOf(thrown.getMessage()).contains("thread")) return NO_MEMORY;
      StringBuilder out = new StringBuilder(String.valueOf(thrown));
      if (out.length() > Answer.LONGEST / 2) out.setLength(Answer.LONGEST / 2);
      int frames = 0;
      for (StackTraceElement frame : thrown.getStackTrace()) {
        if (!Loader.NAME.equals(frame.getClassLoaderName())) continue;
        if (frames++ == FRAMES) break;
        String method = frame.getClassName() + "." + frame.getMethodName();
        out.append("\n  at ").append(method).append("(").append(frame.getFileName());
        out.append(":").append(frame.getLineNumber()).append(")");
      }
      return Answer.refusal("runtime_error", out.toString());
    } catch (OutOfMemoryError error) {
      return NO_MEMORY;
    } catch (Throwable error) { // from the player's own exception class
      return Answer.refusal("runtime_error", thrown.getClass().getName());
    }
  }

  // The player's classes, which stand in the folder `classes`. All others are the parent's, which has none of these.
  static final class Loader extends ClassLoader {
    static final String NAME = "player", SUFFIX = ".class";
    // Where each class stands, once the first call has looked.
    static final Map<String, File> own = new TreeMap<>();

    Loader() {
      super(NAME, Call.class.getClassLoader());
    }

    // The names of all classes: first those called as `type` is, then those not within others.
    List<String> names(String type) throws IOException {
      if (own.isEmpty()) find(new File("classes"), "");
      List<String> names = new ArrayList<>(own.keySet());
      names.sort(
          Comparator.comparing((String name) -> !name.substring(name.lastIndexOf('.') + 1).equals(type))
              .thenComparing(name -> name.contains("$")));
      return names;
    }

    // Not with java.nio: a channel asks for sockets first, which are not to be had.
    static void find(File folder, String prefix) {
      File[] files = folder.listFiles();
      if (files == null) return; // where nothing was compiled, there is no folder
      for (File file : files) {
        String name = file.getName();
        if (file.isDirectory()) find(file, prefix + name + ".");
        else if (name.endsWith(SUFFIX)) own.put(prefix + name.substring(0, name.length() - SUFFIX.length()), file);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      File file = own.get(name);
      if (file == null) return super.loadClass(name, resolve);
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) return loaded;
        try (InputStream code = new FileInputStream(file)) {
          byte[] bytes = code.readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException error) {
          throw new ClassNotFoundException(name, error);
        }
      }
    }
  }
}
