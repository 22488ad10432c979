// expect: accepted
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

long long solve(long long n) {
  std::signal(SIGXFSZ, SIG_IGN);
  for (const char* path : {"/work/program", "/python/bin/python3", "/judge/supervisor.py"}) {
    if (open(path, O_WRONLY) >= 0 || open(path, O_RDWR | O_TRUNC) >= 0 || truncate(path, 0) == 0) return -1;
    if (chmod(path, 0777) == 0 || unlink(path) == 0 || rename(path, "/work/other") == 0) return -2;
  }
  for (const char* folder : {"/", "/work", "/tmp", "/dev", "/dev/shm", "/judge", "/python", "/lib", "/usr/lib"}) {
    const std::string path = std::string(folder) + "/planted";
    if (open(path.c_str(), O_CREAT | O_RDWR, 0600) >= 0 || mkdir(path.c_str(), 0700) == 0) return -3;
    if (open(folder, O_TMPFILE | O_RDWR, 0600) >= 0 || mknod(path.c_str(), S_IFCHR | 0666, 1 << 8 | 1) == 0) return -4;
    if (mkfifo(path.c_str(), 0600) == 0 || symlink("/etc/passwd", path.c_str()) == 0) return -5;
    if (link("/work/program", path.c_str()) == 0) return -6;
  }
  return n + 1;
}
