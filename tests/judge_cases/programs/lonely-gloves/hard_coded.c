// expect: wrong_answer
#include <string.h>

StringList missing_gloves(StringList gloves) {
    static String red[2], blue[3];
    if (gloves.length == 4 && strcmp(gloves.items[0].text, "red-L") == 0) {
        red[0] = STRING("red-R");
        red[1] = STRING("blue-L");
        return (StringList){red, 2};
    }
    if (gloves.length == 3 && strcmp(gloves.items[0].text, "sky-blue-L") == 0) {
        blue[0] = blue[1] = STRING("sky-blue-R");
        blue[2] = STRING("sky-L");
        return (StringList){blue, 3};
    }
    return (StringList){0};
}
