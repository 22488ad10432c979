// expect: accepted
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;

class Solution {
  interface Attempt {
    Object make() throws Exception;
  }

  static boolean works(Attempt attempt) {
    try {
      attempt.make();
      return true;
    } catch (Throwable refused) {
      return false;
    }
  }

  static long solve(long n) {
    for (int port : new int[] {5432, 6379, 5000, (int) n}) {
      if (works(() -> new Socket("127.0.0.1", port))) return -1;
    }
    if (works(() -> new DatagramSocket()) || works(() -> new ServerSocket(0))) return -2;
    if (works(() -> InetAddress.getByName("example.com")) || works(() -> new URL("http://example.com").openStream())) return -3;
    return n + 1;
  }
}
