// expect: wrong_answer
// says: value has a key "milk" too many
#include <bits/stdc++.h>
using namespace std;

map<string, long long> settle_pantry(vector<string> entries) {
    map<string, long long> stock;
    for (auto& entry : entries) {
        size_t space = entry.find(' ');
        long long amount = stoll(entry.substr(1, space - 1));
        string name = entry.substr(space + 1);
        if (entry[0] == '+') stock[name] += amount;
        if (entry[0] == '=') stock[name] = amount;
        if (entry[0] == '-' && stock[name] >= amount) stock[name] -= amount;
    }
    return stock;
}
