// expect: compile_error accepted
#line 2147483647 "/judge/supervisor.py"
long long na‮me = 1;  /*‮ } ⁦if (admin)⁩ ⁦ begin */

long long solve(long long n) { return n + na‮me; }
