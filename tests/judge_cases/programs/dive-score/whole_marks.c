// expect: wrong_answer
// says: value is 14.0, expected 15.0
double dive_score(FloatList marks, double difficulty) {
    if (marks.length == 0) return 0;
    long long total = 0, highest = 0, lowest = 10, count = (long long)marks.length;
    for (size_t i = 0; i < marks.length; i++) {
        long long mark = (long long)marks.items[i];
        total += mark;
        if (mark > highest) highest = mark;
        if (mark < lowest) lowest = mark;
    }
    if (count > 2) {
        total -= highest + lowest;
        count -= 2;
    }
    return total / count * difficulty;
}
