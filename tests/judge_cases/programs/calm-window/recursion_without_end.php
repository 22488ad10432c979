<?php
// expect: memory_limit
// says: The program ran out of memory.

function calm_from(array $winds, int $limit, int $hour): int
{
    return ($winds[$hour] ?? 0) <= $limit ? 1 + calm_from($winds, $limit, $hour + 1) : 0;
}

function longest_calm(array $winds, int $limit): array
{
    $lengths = array_map(fn (int $hour): int => calm_from($winds, $limit, $hour), array_keys($winds));
    return $lengths ? [array_search(max($lengths), $lengths), max($lengths)] : [-1, 0];
}
