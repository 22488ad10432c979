// expect: runtime_error
// says: recursion
#include <bits/stdc++.h>
using namespace std;

vector<long long> pairs_cut(long long villages, vector<vector<long long>> roads) {
    vector<vector<long long>> beside(villages);
    for (auto& road : roads) {
        beside[road[0]].push_back(road[1]);
        beside[road[1]].push_back(road[0]);
    }
    function<long long(long long)> size = [&](long long village) {
        long long sum = 1;
        for (long long other : beside[village]) sum += size(other);
        return sum;
    };
    vector<long long> weights;
    for (auto& road : roads) weights.push_back(size(road[0]) * size(road[1]));
    return weights;
}
