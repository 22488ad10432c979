<?php
// expect: accepted

/**
 * @param list<string> $entries
 * @return array<string, int>
 */
function settle_pantry(array $entries): array
{
    $stock = [];
    foreach ($entries as $entry) {
        [$head, $name] = explode(' ', $entry, 2);
        $amount = (int) substr($head, 1);
        $here = $stock[$name] ?? 0;
        $stock[$name] = match (true) {
            $head[0] === '+' => $here + $amount,
            $head[0] === '=' => $amount,
            default => $here >= $amount ? $here - $amount : $here,
        };
    }
    return array_filter($stock);
}
