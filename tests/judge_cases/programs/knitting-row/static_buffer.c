// expect: accepted
#include <stdio.h>

static char pattern[16384];

String knitting_instructions(String row) {
    char *end = pattern;
    for (size_t i = 0, size; i < row.length; i += size) {
        for (size = 1; i + size < row.length && row.text[i + size] == row.text[i]; size++) {
        }
        if (end != pattern) *end++ = ' ';
        *end++ = row.text[i];
        if (size > 1) end += sprintf(end, "%zu", size);
    }
    return (String){pattern, end - pattern};
}
