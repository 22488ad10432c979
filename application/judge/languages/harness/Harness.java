// Calls the player's function once a request, each time in classes loaded anew, so that no static variable lives on.
// Its own arguments are the player's class, the function, and the types of the parameters as a signature writes them;
// requests are in the format of judge/languages/tokens.py. Answers go to standard output, what the player prints to
// standard error: without /proc the JVM opens no other descriptor. The long name leaves the short ones to the player.

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class CodemazeHarness {
  static final long STACK = 64L << 20;
  static final int DEEPEST = 60, FRAMES = 8, LONGEST = 4000;
  static final String LOADER = "player";
  // Made beforehand: when memory is out there is none left to make it of.
  static final int START_ATTEMPTS = 40;
  static final byte[] NO_MEMORY = refusal("memory_limit", "The program ran out of memory.");

  static final OutputStream console = new FileOutputStream(FileDescriptor.err);
  static final OutputStream answers = new FileOutputStream(FileDescriptor.out);
  static volatile PrintStream printed = System.err;

  public static void main(String[] words) throws Exception {
    DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
    List<Kind> kinds = new ArrayList<>();
    Loader.find();
    for (int i = 2; i < words.length; i++) kinds.add(Kind.parse(words[i]));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> printed.flush()));
    send(new byte[0]);
    for (byte[] request; (request = receive(requests)) != null; ) {
      Call call = new Call(words[0], words[1], kinds, request);
      listen();
      Thread thread = start(call);
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException interruption) {
          // The player's code sent it, and the answer is still to come.
        }
      }
      printed.flush();
      send(call.answer);
    }
    Runtime.getRuntime().halt(0); // whatever threads the player's code has left
  }

  // In a thread of its own, as the stack of the first one is only as large as the system has it. A thread counts as
  // ended a little before its stack is given back, and there is not room for two: so a second one may have to wait.
  static Thread start(Call call) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Thread thread = new Thread(null, call, "main", STACK);
      thread.setContextClassLoader(call.loader);
      try {
        thread.start();
        return thread;
      } catch (OutOfMemoryError full) {
        if (attempt == START_ATTEMPTS) throw full;
        Thread.sleep(attempt);
      }
    }
  }

  // Streams of each call's own, as one may close them.
  static void listen() {
    printed =
        new PrintStream(new BufferedOutputStream(console), true, StandardCharsets.UTF_8) {
          @Override
          public void close() {
            flush();
          }
        };
    System.setOut(printed);
    System.setErr(printed);
    System.setIn(InputStream.nullInputStream());
  }

  static byte[] receive(DataInputStream requests) throws IOException {
    int size = 0;
    for (int digit; (digit = requests.read()) != '\n'; size = size * 10 + digit - '0') if (digit < 0) return null;
    byte[] request = new byte[size];
    requests.readFully(request);
    return request;
  }

  static void send(byte[] answer) throws IOException {
    byte[] size = (answer.length + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[size.length + answer.length];
    System.arraycopy(size, 0, frame, 0, size.length);
    System.arraycopy(answer, 0, frame, size.length, answer.length);
    answers.write(frame);
  }

  static byte[] refusal(String verdict, String message) {
    StringBuilder out = new StringBuilder("{\"verdict\":\"").append(verdict).append("\",\"message\":");
    Answer.string(out, message.length() > LONGEST ? message.substring(0, LONGEST) : message);
    return out.append('}').toString().getBytes(StandardCharsets.US_ASCII);
  }

  // An answer that is not a value. `place` grows on the way out of nested values: "value" + "[2]" + " is nan".
  static final class Refused extends RuntimeException {
    static final String DEEP = " nests deeper than " + DEEPEST + " levels, or contains itself";

    final String verdict, what;
    String place = "";

    Refused(String verdict, String what) {
      super(null, null, false, false);
      this.verdict = verdict;
      this.what = what;
    }

    Refused within(Object key) {
      if (what != DEEP) place = "[" + key + "]" + place; // sixty brackets would say no more
      return this;
    }
  }

  // A type of a signature: "int", or "list", "map" and "optional" of another.
  record Kind(String text, String name, Kind of) {
    static Kind parse(String text) {
      int open = text.indexOf('<');
      if (open < 0) return new Kind(text, text, null);
      String inside = text.substring(open + 1, text.length() - 1);
      if (text.startsWith("map")) inside = inside.substring(inside.indexOf(',') + 1);
      return new Kind(text, text.substring(0, open), parse(inside));
    }
  }

  // The player's classes, which stand in the working directory. All others, those of the harness too, are the parent's.
  static final class Loader extends ClassLoader {
    static final Map<String, byte[]> own = new HashMap<>();

    Loader() {
      super(LOADER, CodemazeHarness.class.getClassLoader());
    }

    static void find() throws IOException {
      // Not with java.nio: a channel asks for sockets first, which are not to be had.
      for (String file : new File(".").list()) {
        if (!file.endsWith(".class") || file.startsWith("CodemazeHarness")) continue;
        try (InputStream code = new FileInputStream(file)) {
          own.put(file.substring(0, file.length() - ".class".length()), code.readAllBytes());
        }
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] code = own.get(name);
      if (code == null) return super.loadClass(name, resolve);
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : defineClass(name, code, 0, code.length);
      }
    }
  }

  static final class Call implements Runnable {
    final Loader loader = new Loader();
    final String type, function;
    final List<Kind> kinds;
    final byte[] request;
    volatile byte[] answer = refusal("runtime_error", "The function did not return.");

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
        answer = refusal(refused.verdict, refused.what);
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
        throw new Refused("runtime_error", function + " is not static, and " + type + " is not made without arguments.");
      } catch (Refused refused) {
        throw new Refused(refused.verdict, "value" + refused.place + refused.what);
      }
    }

    // How much of the heap is taken; what the system counts is the sum of all calls.
    static long used() {
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }

    // The method to call: of those with the name, the one that takes such arguments.
    Method method() {
      Class<?> owner;
      try {
        owner = Class.forName(type, false, loader);
      } catch (ClassNotFoundException | NoClassDefFoundError error) { // the latter for one in a package
        String where = type.endsWith("Kt") ? "" : " in a class " + type; // Kotlin's class goes without saying
        throw new Refused("runtime_error", "The program defines no function " + function + where + ".");
      }
      Method named = null;
      for (Method method : owner.getDeclaredMethods()) {
        if (!method.getName().equals(function) || method.isSynthetic()) continue;
        named = method;
        if (takes(method)) {
          method.setAccessible(true);
          return method;
        }
      }
      if (named == null) throw new Refused("runtime_error", "The program defines no function " + function + ".");
      String expected = String.join(", ", kinds.stream().map(Kind::text).toList());
      throw new Refused("runtime_error", function + " does not take the arguments of the problem: " + expected + ".");
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
        if (out.length() > LONGEST / 2) out.setLength(LONGEST / 2);
        int frames = 0;
        for (StackTraceElement frame : thrown.getStackTrace()) {
          if (!LOADER.equals(frame.getClassLoaderName())) continue;
          if (frames++ == FRAMES) break;
          String method = frame.getClassName() + "." + frame.getMethodName();
          out.append("\n  at ").append(method).append("(").append(frame.getFileName());
          out.append(":").append(frame.getLineNumber()).append(")");
        }
        return refusal("runtime_error", out.toString());
      } catch (OutOfMemoryError error) {
        return NO_MEMORY;
      } catch (Throwable error) { // from the player's own exception class
        return refusal("runtime_error", thrown.getClass().getName());
      }
    }
  }

  // Reads arguments into whatever the player's parameters are: lists as List or as arrays, ints as long or as int.
  static final class Input {
    final byte[] text;
    int at = 0;

    Input(byte[] text) {
      this.text = text;
    }

    static Class<?> raw(Type type) {
      if (type instanceof Class<?> plain) return plain;
      if (type instanceof ParameterizedType generic) return raw(generic.getRawType());
      if (type instanceof GenericArrayType array) return raw(array.getGenericComponentType()).arrayType();
      if (type instanceof WildcardType wildcard) return raw(wildcard.getUpperBounds()[0]);
      return raw(((TypeVariable<?>) type).getBounds()[0]);
    }

    // What a parameter is a list or map of.
    static Type of(Type type, int index) {
      if (type instanceof GenericArrayType array) return array.getGenericComponentType();
      if (type instanceof Class<?> plain && plain.isArray()) return plain.getComponentType();
      if (type instanceof WildcardType wildcard) return of(wildcard.getUpperBounds()[0], index);
      return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : Object.class;
    }

    static boolean takes(Kind kind, Type type) {
      Class<?> target = raw(type);
      switch (kind.name) {
        case "int":
          return target == long.class || target == int.class || target == Integer.class
              || target.isAssignableFrom(Long.class);
        case "float":
          return target == double.class || target.isAssignableFrom(Double.class);
        case "bool":
          return target == boolean.class || target.isAssignableFrom(Boolean.class);
        case "string":
          return target.isAssignableFrom(String.class);
        case "optional":
          return !target.isPrimitive() && takes(kind.of, type);
        case "list":
          return (target.isArray() || target.isAssignableFrom(ArrayList.class)) && takes(kind.of, of(type, 0));
        default:
          return target.isAssignableFrom(LinkedHashMap.class)
              && raw(of(type, 0)).isAssignableFrom(String.class)
              && takes(kind.of, of(type, 1));
      }
    }

    Object read(Kind kind, Type type) {
      switch (kind.name) {
        case "int":
          Class<?> target = raw(type);
          return target == int.class || target == Integer.class ? (Object) narrow(whole()) : (Object) whole();
        case "float":
          return Double.parseDouble(line());
        case "bool":
          return whole() == 1;
        case "string":
          return string();
        case "optional":
          return whole() == 0 ? null : read(kind.of, type);
        case "list":
          int size = (int) whole();
          Type item = of(type, 0);
          if (raw(type).isArray()) {
            Object array = Array.newInstance(raw(type).getComponentType(), size);
            for (int i = 0; i < size; i++) Array.set(array, i, read(kind.of, item));
            return array;
          }
          List<Object> list = new ArrayList<>(size);
          for (int i = 0; i < size; i++) list.add(read(kind.of, item));
          return list;
        default:
          Map<String, Object> map = new LinkedHashMap<>();
          for (long left = whole(); left > 0; left--) {
            String key = string();
            map.put(key, read(kind.of, of(type, 1)));
          }
          return map;
      }
    }

    static Integer narrow(long value) {
      if (value == (int) value) return (int) value;
      throw new Refused("runtime_error", "An argument is " + value + ", which an int does not hold. Take a long.");
    }

    String line() {
      int start = at;
      while (text[at] != '\n') at++;
      return new String(text, start, at++ - start, StandardCharsets.US_ASCII);
    }

    long whole() {
      boolean negative = text[at] == '-';
      if (negative) at++;
      long value = 0;
      while (text[at] != '\n') value = value * 10 + text[at++] - '0';
      at++;
      return negative ? -value : value;
    }

    String string() {
      int size = (int) whole();
      at += size + 1;
      return new String(text, at - size - 1, size, StandardCharsets.UTF_8);
    }
  }

  // Writes a value as JSON, in ASCII.
  static final class Answer {
    static void write(StringBuilder out, Object value, int depth) {
      if (depth > DEEPEST) throw new Refused("wrong_answer", Refused.DEEP);
      if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer
          || value instanceof Short || value instanceof Byte || value instanceof BigInteger) {
        out.append(value);
      } else if (value instanceof Double || value instanceof Float) {
        number(out, ((Number) value).doubleValue());
      } else if (value instanceof String text) {
        string(out, text);
      } else if (value instanceof List<?> list) {
        char before = '[';
        int index = 0;
        for (Object item : list) {
          out.append(before);
          item(out, item, depth, index++);
          before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
      } else if (value.getClass().isArray()) {
        out.append('[');
        for (int i = 0; i < Array.getLength(value); i++) {
          if (i > 0) out.append(',');
          item(out, Array.get(value, i), depth, i);
        }
        out.append(']');
      } else if (value instanceof Map<?, ?> map) {
        char before = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (!(entry.getKey() instanceof String key)) {
            throw new Refused("wrong_answer", " has a key that is " + named(entry.getKey()) + ", not a string");
          }
          string(out.append(before), key);
          item(out.append(':'), entry.getValue(), depth, key);
          before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
      } else {
        throw new Refused("wrong_answer", " is " + named(value) + ", which no answer has");
      }
    }

    static void item(StringBuilder out, Object value, int depth, Object key) {
      try {
        write(out, value, depth + 1);
      } catch (Refused refused) {
        throw refused.within(key instanceof String ? "\"" + key + "\"" : key);
      }
    }

    static String named(Object value) {
      if (value == null) return "null";
      String name = value.getClass().getSimpleName();
      if (name.isEmpty()) name = value.getClass().getName();
      return ("AEIOU".indexOf(Character.toUpperCase(name.charAt(0))) < 0 ? "a " : "an ") + name;
    }

    static void number(StringBuilder out, double value) {
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        String name = Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        throw new Refused("wrong_answer", " is " + name + ", not a finite number");
      }
      out.append(value);
    }

    static void string(StringBuilder out, String value) {
      out.append('"');
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"' || c == '\\') {
          out.append('\\').append(c);
        } else if (c >= ' ' && c <= '~') {
          out.append(c);
        } else {
          out.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) out.append(Character.forDigit(c >> shift & 15, 16));
        }
      }
      out.append('"');
    }
  }
}
