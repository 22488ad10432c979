// expect: accepted
#include <map>
#include <sstream>
#include <string>
#include <vector>

std::map<std::string, long long> settle_pantry(std::vector<std::string> entries) {
    std::map<std::string, long long> stock;
    for (const auto& entry : entries) {
        std::istringstream words(entry);
        char sign;
        long long amount;
        std::string name;
        words >> sign >> amount;
        words.ignore();
        std::getline(words, name);
        long long& here = stock[name];
        if (sign == '+') {
            here += amount;
        } else if (sign == '=') {
            here = amount;
        } else if (amount <= here) {
            here -= amount;
        }
    }
    std::erase_if(stock, [](const auto& item) { return item.second == 0; });
    return stock;
}
