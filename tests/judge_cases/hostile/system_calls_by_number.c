// expect: accepted
// The numbers are those of x86_64; every call must be refused by the filter itself.
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

long long solve(long long n) {
#ifdef __x86_64__
  static char room[4096];
  const struct {
    const char *name;
    long number, a, b, c, d;
  } calls[] = {
      {"fork", 57}, {"clone", 56, 17}, {"clone in namespaces", 56, 0x7E020000 | 17}, {"clone of a thread", 56, 0x10F00},
      {"clone3", 435, (long)room, 88}, {"unshare", 272, 0x10000000}, {"setns", 308, 0, 0}, {"chroot", 161, (long)"/"},
      {"mount", 165, (long)"none", (long)"/", (long)"tmpfs"}, {"umount2", 166, (long)"/python", 2},
      {"pivot_root", 155, (long)"/", (long)"/"}, {"fsopen", 430, (long)"tmpfs"}, {"open_tree", 428, 0, (long)"/", 1},
      {"socket", 41, 1, 1}, {"socketpair", 53, 1, 1, 0, (long)room}, {"bpf", 321, 0, (long)room, 72},
      {"perf_event_open", 298, (long)room, 0, -1, -1}, {"io_uring_setup", 425, 8, (long)room}, {"userfaultfd", 323, 1},
      {"keyctl", 250, 0, -1}, {"add_key", 248, (long)"user", (long)"x", (long)"y", 1}, {"memfd_create", 319, (long)"x"},
      {"memfd_secret", 447, 0}, {"shmget", 29, 0, 4096, 01600}, {"semget", 64, 0, 1, 01600}, {"msgget", 68, 0, 01600},
      {"mq_open", 240, (long)"x", 0102, 0600}, {"pidfd_open", 434, 1}, {"pidfd_getfd", 438, 0, 0},
      {"pidfd_send_signal", 424, 0, 9}, {"process_madvise", 440, 0, 0}, {"process_mrelease", 448, 0}, {"kcmp", 312, 1, 1},
      {"ptrace", 101, 16, 1}, {"process_vm_readv", 310, 1}, {"seccomp", 317, 1}, {"personality", 135, 0x40000},
      {"modify_ldt", 154, 0, (long)room, 64}, {"iopl", 172, 3}, {"ioperm", 173, 0, 1, 1}, {"swapon", 167, (long)"/"},
      {"syslog", 103, 3, (long)room, 100}, {"reboot", 169, 0xfee1dead}, {"init_module", 175}, {"kexec_load", 246},
      {"open_by_handle_at", 304, -100, (long)room}, {"name_to_handle_at", 303, -100, (long)"/"}, {"sync", 162},
      {"quotactl", 179}, {"acct", 163, 0}, {"inotify_init", 253}, {"fanotify_init", 300}, {"execveat", 322, 0, (long)""},
      {"vmsplice", 278, 1}, {"tee", 276, 0, 1, 1}, {"splice", 275, 0, 0, 1}, {"migrate_pages", 256, 1},
      {"sched_setattr", 314, 1, (long)room}, {"ioprio_set", 251, 1, 1, 1}, {"rt_tgsigqueueinfo", 297, 1, 1, 9},
      {"landlock_create_ruleset", 444, 0, 0, 1}, {"mount_setattr", 442, -100, (long)"/"}, {"prctl dumpable", 157, 4, 1},
      {"prctl seccomp", 157, 22, 1}, {"TIOCSTI", 16, 0, 0x5412, (long)"x"}, {"F_SETPIPE_SZ", 72, 1, 1031, 1 << 20},
      {"F_SETOWN", 72, 1, 8, 1}, {"wait4", 61, -1, 0, 1}, {"getpid of x32", 0x40000000 + 39},
      {"mknod", 133, (long)"/work/x", 010600}, {"utimensat", 280, -100, (long)"/dev/null"}, {"flock", 73, 1, 2},
  };
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    errno = 0;
    const long got = syscall(calls[i].number, calls[i].a, calls[i].b, calls[i].c, calls[i].d, 0);
    if (got == -1 && (errno == EPERM || errno == EINVAL || errno == ENOSYS)) continue;
    printf("%s: %ld, %d\n", calls[i].name, got, errno);
    return -1;
  }
#endif
  return n + 1;
}
