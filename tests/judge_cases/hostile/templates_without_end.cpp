// expect: compile_error
template <int N>
struct Deeper {
  static constexpr int value = Deeper<N + 1>::value;
};

long long solve(long long n) { return n + Deeper<0>::value; }
