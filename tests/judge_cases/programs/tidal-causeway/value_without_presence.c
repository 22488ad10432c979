// expect: wrong_answer
// says: value is null, expected 2
#include <stdlib.h>
#include <string.h>

static long long minutes[40][40][3];

OptionalInt minutes_to_cross(StringList chart) {
    OptionalInt answer = {0};
    int height = (int)chart.length, width = (int)chart.items[0].length;
    static int queue[4800][3];
    int first = 0, last = 0;
    memset(minutes, -1, sizeof minutes);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            if (chart.items[y].text[x] != 'S') continue;
            minutes[y][x][0] = 0;
            queue[last][0] = y;
            queue[last++][1] = x;
        }
    }
    while (first < last) {
        int y = queue[first][0], x = queue[first][1], phase = queue[first][2];
        first++;
        if (chart.items[y].text[x] == 'G') {
            // The answer is there, but nothing says so.
            answer.value = minutes[y][x][phase];
            return answer;
        }
        static const int steps[5][2] = {{0, 0}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}};
        for (int i = 0; i < 5; i++) {
            int row = y + steps[i][0], column = x + steps[i][1], then = (phase + 1) % 3;
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            char tile = chart.items[row].text[column];
            if (tile == '#' || (tile >= '0' && tile <= '2' && tile - '0' != then)) continue;
            if (minutes[row][column][then] >= 0) continue;
            minutes[row][column][then] = minutes[y][x][phase] + 1;
            queue[last][0] = row;
            queue[last][1] = column;
            queue[last++][2] = then;
        }
    }
    return answer;
}
