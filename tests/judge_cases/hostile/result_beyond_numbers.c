// expect: wrong_answer runtime_error kind: values
// Python reads 1e999 as infinity, which neither JSON nor PostgreSQL's jsonb has.
#include <string.h>
#include <unistd.h>

long long solve(long long n) {
  const char *answer = "{\"value\":1e999}";
  write(3, answer, strlen(answer));
  _exit(0);
}
