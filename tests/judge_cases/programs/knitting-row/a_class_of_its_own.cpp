// expect: accepted
#include <iterator>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

namespace pattern {

struct Group {
    char stitch;
    int count;
};

std::ostream& operator<<(std::ostream& out, const Group& group) {
    out << group.stitch;
    if (group.count > 1) out << group.count;
    return out;
}

template <class Iterator>
class Groups {
  public:
    Groups(Iterator begin, Iterator end) {
        for (; begin != end; ++begin) {
            if (groups_.empty() || groups_.back().stitch != *begin) groups_.push_back({*begin, 0});
            groups_.back().count++;
        }
    }

    [[nodiscard]] std::string text() const {
        std::ostringstream out;
        const char* between = "";
        for (const auto& group : groups_) {
            out << between << group;
            between = " ";
        }
        return out.str();
    }

  private:
    std::vector<Group> groups_;
};

}  // namespace pattern

std::string knitting_instructions(std::string row) {
    return pattern::Groups(row.begin(), row.end()).text();
}
