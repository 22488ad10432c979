// expect: wrong_answer
static long long finished(IntList cast, IntList streak, IntList rest, long long minute) {
    long long total = 0;
    for (size_t i = 0; i < cast.length; i++) {
        long long cycle = cast.items[i] * streak.items[i] + rest.items[i];
        long long left = minute % cycle / cast.items[i];
        total += minute / cycle * streak.items[i] + (left < streak.items[i] ? left : streak.items[i]);
    }
    return total;
}

long long founders_finish(IntList cast, IntList streak, IntList rest, long long bells) {
    long long low = -1, high = 4000000000000000;
    while (high - low > 1) {
        long long middle = low + (high - low) / 2;
        if (finished(cast, streak, rest, middle) >= bells) {
            high = middle;
        } else {
            low = middle;
        }
    }
    int minute = (int)high;
    return minute;
}
