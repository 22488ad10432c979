// expect: wrong_answer
// says: value is 1.69, expected 1.6875
#include <math.h>

double expected_dark_stretch(FloatList lit) {
    double expected = 0;
    int count = (int)lit.length;
    for (int length = 1; length <= count; length++) {
        double shorter[256] = {1};
        for (int end = 1; end <= count; end++) {
            double run = end >= length;
            for (int lamp = end - length; run > 0 && lamp < end; lamp++) run *= 1 - lit.items[lamp];
            double before = 0;
            if (end == length) before = 1;
            if (end > length) before = shorter[end - length - 1] * lit.items[end - length - 1];
            shorter[end] = shorter[end - 1] - run * before;
        }
        expected += 1 - shorter[count];
    }
    return round(expected * 100) / 100;
}
