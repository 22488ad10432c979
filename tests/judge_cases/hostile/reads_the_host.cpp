// expect: accepted
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

namespace fs = std::filesystem;

long long solve(long long n) {
  for (const char* path : {"/etc", "/proc", "/sys", "/root", "/home", "/var", "/tmp", "/run", "/usr/bin/env", "/usr/include",
                           "/work/main", "/work/main.cpp", "/work/solution.cpp", "/dev/mem", "/dev/kmsg", "/dev/shm",
                           "/dev/tty", "/dev/ptmx", "/dev/fd", "/dev/stdin", "/dev/fuse", "/dev/vda", "/dev/full"}) {
    struct stat state;
    if (lstat(path, &state) == 0 || open(path, O_RDONLY) >= 0) {
      std::cout << path << '\n';
      return -1;
    }
  }
  if (environ && *environ) return -2;
  for (const auto& entry : fs::recursive_directory_iterator("/", fs::directory_options::skip_permission_denied)) {
    const std::string name = entry.path().filename();
    if (entry.path().extension() == ".json" || name == "bank" || name == ".env" || name == "site-packages") {
      std::cout << entry.path() << '\n';
      return -3;
    }
  }
  for (const auto& entry : fs::directory_iterator("/work"))
    if (entry.path() != "/work/program") return -4;
  return n + 1;
}
