// expect: accepted runtime_error
// The numbers of the old 32-bit entry mean other calls than the filter knows: whoever uses it must be ended.
long long solve(long long n) {
#ifdef __x86_64__
  int answer = 20;  // getpid
  __asm__ volatile("int $0x80" : "+a"(answer) : : "memory");
  if (answer > 0) return -1;
#endif
  return n + 1;
}
