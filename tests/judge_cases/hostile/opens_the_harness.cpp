// expect: wrong_answer kind: names
// The player's file is one with the harness; whatever it answers, it does not know what is right.
#include <unistd.h>

namespace codemaze {
struct Sent {
  Sent() { send("{\"value\":-1}"); _exit(0); }
} sent;
}

long long solve(long long n) { return n + 1; }
