// expect: compile_error
// says: solution.c:7
#include <stdlib.h>

StringList regatta_table(StringListList races) {
    StringList table = {malloc(2500 * sizeof(String)), 0}
    for (size_t i = 0; i < races.length; i++) {
        for (size_t j = 0; j < races.items[i].length; j++) table.items[table.length++] = races.items[i].items[j];
    }
    return table;
}
