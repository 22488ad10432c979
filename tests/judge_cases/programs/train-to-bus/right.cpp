// expect: accepted
#include <bits/stdc++.h>
using namespace std;

vector<long long> waiting_times(const vector<long long>& trains, vector<long long> buses, long long walk) {
    ranges::sort(buses);
    vector<long long> waits;
    waits.reserve(trains.size());
    for (const auto train : trains) {
        const auto ready = train + walk;
        const auto next = ranges::lower_bound(buses, ready);
        waits.push_back(next == buses.end() ? -1 : *next - ready);
    }
    return waits;
}
