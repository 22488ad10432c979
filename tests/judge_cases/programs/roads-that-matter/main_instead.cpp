// expect: compile_error
// says: pairs_cut
#include <iostream>
#include <vector>

int main() {
    long long villages;
    std::cin >> villages;
    std::cout << villages << std::endl;
}
