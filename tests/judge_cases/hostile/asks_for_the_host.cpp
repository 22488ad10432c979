// expect: accepted
// None of these is there for the compiler either: it would say so.
#if __has_include("/etc/passwd") || __has_include("/proc/self/environ") || __has_include("/proc/version")
#error "the host's files"
#endif
#if __has_include("/root/.bashrc") || __has_include("/work/main/run.py") || __has_include("/work/main/pyproject.toml")
#error "the project"
#endif
#if __has_include("/dev/mem") || __has_include("/dev/stdin") || __has_include("/tmp") || __has_include("/sys/kernel/notes")
#error "devices"
#endif

long long solve(long long n) { return n + 1; }
