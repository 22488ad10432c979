// expect: runtime_error
struct Twice {
  ~Twice() noexcept(false) { throw 2; }
};

long long solve(long long n) {
  Twice twice;
  throw 1;
}
