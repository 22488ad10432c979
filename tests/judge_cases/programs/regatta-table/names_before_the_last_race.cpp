// expect: wrong_answer
#include <bits/stdc++.h>
using namespace std;

vector<string> regatta_table(vector<vector<string>> races) {
    map<string, long long> total;
    for (const auto& race : races) {
        for (const auto& boat : race) total[boat];
    }
    for (const auto& race : races) {
        for (auto& [boat, points] : total) {
            auto place = find(race.begin(), race.end(), boat);
            points += place == race.end() ? total.size() + 1 : place - race.begin() + 1;
        }
    }
    vector<string> table;
    for (const auto& [boat, points] : total) table.push_back(boat);
    // Equal sums stay in the order of names.
    stable_sort(table.begin(), table.end(), [&](auto& a, auto& b) { return total[a] < total[b]; });
    return table;
}
