// expect: wrong_answer
// says: value is nan, not a finite number
#include <math.h>

double expected_dark_stretch(FloatList lit) {
    double chance = 1;
    for (size_t i = 0; i < lit.length; i++) chance *= lit.items[i];
    return sqrt(-1 - chance);
}
