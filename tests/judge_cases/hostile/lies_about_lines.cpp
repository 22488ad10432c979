// expect: compile_error
#line 1 "‮⁦ elgnaj /etc/passwd"
#error "‮ dewollof eb ton ⁩ \u202e \0"

long long solve(long long n) { return n + 1; }
