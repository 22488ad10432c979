<?php
// expect: wrong_answer
// says: value is a map, expected list<string>

function missing_gloves(array $gloves): array
{
    $mate = fn (string $glove): string => substr($glove, 0, -1) . (str_ends_with($glove, 'L') ? 'R' : 'L');
    $left = array_count_values($gloves);
    $missing = array_map($mate, $gloves);
    return array_filter($missing, function (string $wanted) use (&$left): bool {
        $left[$wanted] = ($left[$wanted] ?? 0) - 1;
        return $left[$wanted] < 0;
    });
}
