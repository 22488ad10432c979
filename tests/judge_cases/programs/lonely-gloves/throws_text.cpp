// expect: runtime_error
// says: Something that is no std::exception was thrown.
#include <string>
#include <vector>

std::vector<std::string> missing_gloves(std::vector<std::string> gloves) {
    for (const auto& glove : gloves) {
        if (glove.find("blue") != std::string::npos) throw glove;
    }
    return {};
}
