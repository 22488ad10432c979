// expect: wrong_answer
// says: value[0][1] is 5, expected 7
#include <map>
#include <vector>

using namespace std;

vector<vector<long long>> stretches_with(vector<vector<long long>> shifts, long long crews) {
    map<long long, long long> change;
    for (const auto& shift : shifts) {
        change[shift[0]]++;
        change[shift[1]]--;
    }
    vector<vector<long long>> stretches;
    long long working = 0;
    for (auto here = change.begin(); here != change.end(); ++here) {
        working += here->second;
        if (working == crews && next(here) != change.end()) {
            stretches.push_back({here->first, next(here)->first});
        }
    }
    return stretches;
}
