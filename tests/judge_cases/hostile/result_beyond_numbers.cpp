// expect: wrong_answer runtime_error kind: values
#include <string>
#include <unistd.h>

long long solve(long long n) {
  const std::string answer = "{\"value\":[1e999,\"\\ud800\\u0000\"]}";
  if (write(3, answer.data(), answer.size()) > 0) _exit(0);
  return n;
}
