// expect: accepted
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;

class Solution {
  static boolean searched(File folder) {
    File[] files = folder.listFiles();
    if (files == null) return false;
    for (File file : files) {
      String name = file.getName();
      if (name.equals("passwd") || name.equals(".env") || name.equals("bank") || name.equals("Solution.java")) {
        System.out.println(file);
        return true;
      }
      if (file.isDirectory() && folder.getPath().split("/").length < 4 && searched(file)) return true;
    }
    return false;
  }

  static long solve(long n) {
    for (String path : new String[] {"/etc/passwd", "/proc/self/environ", "/root/.bashrc", "/work/main/run.py", "/dev/mem"}) {
      try (FileInputStream file = new FileInputStream(path)) {
        return -1;
      } catch (Exception refused) {
      }
    }
    for (String folder : new String[] {"/", "/work/", "/tmp/", "/dev/shm/", "/judge/"}) {
      try (FileOutputStream file = new FileOutputStream(folder + "planted")) {
        return -2;
      } catch (Exception refused) {
      }
      if (new File(folder + "folder").mkdir()) return -3;
    }
    if (new File("/work/Solution.class").delete() || new File("/work/Solution.class").setWritable(true)) return -4;
    for (String name : System.getenv().keySet()) {
      if (!name.equals("LD_LIBRARY_PATH") && !name.equals("LC_ALL") && !name.startsWith("_") && !name.equals("PWD")) return -5;
    }
    return searched(new File("/")) ? -6 : n + 1;
  }
}
