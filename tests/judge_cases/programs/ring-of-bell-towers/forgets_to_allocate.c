// expect: runtime_error
// says: Segmentation fault
IntList towers_reached(IntList heights) {
    IntList reached = {NULL, heights.length};
    long long count = (long long)heights.length;
    for (long long i = 0; i < count; i++) {
        long long to_the_right = 0;
        while (to_the_right < count - 1 && heights.items[(i + to_the_right + 1) % count] <= heights.items[i]) {
            to_the_right++;
        }
        reached.items[i] = to_the_right;
    }
    return reached;
}
