// expect: compile_error
// says: solution.c:9
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

String knitting_instructions(String row) {
    String pattern = {calloc(3 * row.length + 1, 1), 0};
    if (row.length > 0) stringcopy(pattern.text, row.text);
    pattern.length = strlen(pattern.text);
    return pattern;
}
