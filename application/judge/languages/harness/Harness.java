// Calls the player's function once a request, each time in classes loaded anew, so that no static variable lives on.
// Its own arguments are the class that the function should be in, the function, and the types of the parameters as a
// signature writes them; requests are in the format of judge/languages/tokens.py. Answers go to standard output, what the
// player prints to standard error: without /proc the JVM opens no other descriptor.
//
// It is compiled without the player's code, and runs before any of it is so much as read: what is wrong there is found
// during a call, within the limits of that call.
package codemaze.judge;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

public final class Harness {
  static final long STACK = 64L << 20;
  static final int START_ATTEMPTS = 40, MOST_THREADS = 256, GRACE_MS = 10;

  static final OutputStream console = new FileOutputStream(FileDescriptor.err);
  static final OutputStream answers = new FileOutputStream(FileDescriptor.out);
  static final Properties properties = new Properties();
  static final Locale locale = Locale.getDefault();
  static volatile PrintStream printed = System.err;

  public static void main(String[] words) {
    int code = 1;
    try {
      serve(words);
      code = 0;
    } catch (Throwable broken) {
      // By the player's code, as when it closed the descriptor. A stack trace of ours would tell nobody anything.
    } finally {
      Runtime.getRuntime().halt(code); // whatever threads the player's code has left
    }
  }

  static void serve(String[] words) throws Exception {
    DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
    List<Kind> kinds = new ArrayList<>();
    for (int i = 2; i < words.length; i++) kinds.add(Kind.parse(words[i]));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> printed.flush()));
    properties.putAll(System.getProperties());
    Thread[] ours = threads();
    send(new byte[0], false);
    for (byte[] request; (request = receive(requests)) != null; ) {
      Call call = new Call(words[0], words[1], kinds, request);
      prepare();
      Thread thread = start(call);
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException | ThreadDeath sent) {
          // By the player's code, and the answer is still to come.
        }
      }
      printed.flush();
      send(call.answer, isAnyLeft(ours));
    }
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

  // For each call: streams of its own, as one may close them, and what else is set for the whole of the machine.
  static void prepare() {
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
    Properties fresh = new Properties();
    fresh.putAll(properties);
    System.setProperties(fresh);
    Locale.setDefault(locale);
    TimeZone.setDefault(null);
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  static Thread[] threads() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) root = root.getParent();
    Thread[] found = new Thread[MOST_THREADS];
    return Arrays.copyOf(found, root.enumerate(found));
  }

  // Whether a thread of the player's code lives on, which would go on into the next call. One that is about to end is
  // given the time to: a new machine costs more.
  static boolean isAnyLeft(Thread[] ours) {
    for (int waited = 0; isAnyOther(ours); waited++) {
      if (waited == GRACE_MS) return true;
      try {
        Thread.sleep(1);
      } catch (InterruptedException sent) {
        return true;
      }
    }
    return false;
  }

  // Threads are compared by what they are, as their own idea of equality is the player's. Those that parallel streams
  // share wait for work for a minute.
  static boolean isAnyOther(Thread[] ours) {
    for (Thread thread : threads()) {
      boolean known = thread.getClass() == ForkJoinWorkerThread.class && ForkJoinPool.commonPool().isQuiescent();
      for (Thread one : ours) known |= one == thread;
      if (!known) return true;
    }
    return false;
  }

  static byte[] receive(DataInputStream requests) throws IOException {
    int size = 0;
    for (int digit; (digit = requests.read()) != '\n'; size = size * 10 + digit - '0') if (digit < 0) return null;
    byte[] request = new byte[size];
    requests.readFully(request);
    return request;
  }

  static void send(byte[] answer, boolean last) throws IOException {
    byte[] size = (answer.length + (last ? " last\n" : "\n")).getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[size.length + answer.length];
    System.arraycopy(size, 0, frame, 0, size.length);
    System.arraycopy(answer, 0, frame, size.length, answer.length);
    answers.write(frame);
  }
}
