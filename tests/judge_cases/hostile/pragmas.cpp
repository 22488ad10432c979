// expect: compile_error accepted
#pragma GCC plugin "/work/solution.cpp"
#pragma GCC dependency "/etc/passwd"
#pragma GCC optimize("-fplugin=/work/x.so", "O3", "-wrapper", "/work/x")
#pragma GCC pch_preprocess "/etc/passwd"
_Pragma("GCC diagnostic push") _Pragma("GCC system_header") _Pragma("push_macro(\"solve\")")
#pragma comment(linker, "/etc/passwd")
#pragma redefine_extname solve main
#pragma weak main = solve

    long long solve(long long n) {
  return n + 1;
}
