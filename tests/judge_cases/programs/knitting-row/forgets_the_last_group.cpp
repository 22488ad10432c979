// expect: wrong_answer
// says: value is "k3 p2", expected "k3 p2 k"
#include <string>

std::string knitting_instructions(std::string row) {
    std::string pattern;
    int count = 1;
    for (size_t i = 1; i < row.size(); i++) {
        if (row[i] == row[i - 1]) {
            count++;
            continue;
        }
        if (!pattern.empty()) pattern += ' ';
        pattern += row[i - 1];
        if (count > 1) pattern += std::to_string(count);
        count = 1;
    }
    return pattern;
}
