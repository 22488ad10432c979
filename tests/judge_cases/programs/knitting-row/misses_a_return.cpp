// expect: compile_error
// says: no return statement
#include <string>

std::string knitting_instructions(const std::string& row) {
  if (row.empty()) return "";
}
