// expect: runtime_error
// says: an integer was divided by zero
long long founders_finish(IntList cast, IntList streak, IntList rest, long long bells) {
    long long minute = 0;
    for (size_t i = 0; i < cast.length; i++) {
        // A rest may last 0 minutes, which is not thought of here.
        long long bells_in_a_rest = cast.items[i] * streak.items[i] / rest.items[i];
        minute += bells / (bells_in_a_rest + 1);
    }
    return minute;
}
