// expect: accepted
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

long long solve(long long n) {
  struct stat top, up;
  const int root = open("/", O_RDONLY | O_DIRECTORY);
  fchdir(root);
  for (int i = 0; i < 40; i++) chdir("..");
  if (stat("/", &top) || stat(".", &up) || top.st_ino != up.st_ino || top.st_dev != up.st_dev) return -1;
  if (openat(root, "../../../../etc/passwd", O_RDONLY) >= 0 || openat(root, "work/../../../root", O_RDONLY) >= 0) return -2;
  // What has no name here but was left open would be seen as another descriptor.
  for (int descriptor = 4; descriptor < 1024; descriptor++)
    if (descriptor != root && fcntl(descriptor, F_GETFD) >= 0) return -3;
  return n + 1;
}
