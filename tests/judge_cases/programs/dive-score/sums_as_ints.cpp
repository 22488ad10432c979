// expect: wrong_answer
#include <algorithm>
#include <numeric>
#include <vector>

double dive_score(std::vector<double> marks, double difficulty) {
    if (marks.empty()) return 0;
    std::sort(marks.begin(), marks.end());
    auto first = marks.begin(), last = marks.end();
    if (marks.size() > 2) ++first, --last;
    // The sum has the type of the 0: every partial sum loses its fraction.
    return std::accumulate(first, last, 0) * difficulty / (last - first);
}
