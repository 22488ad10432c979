<?php
// expect: wrong_answer
// says: value

function settle_pantry(array $entries): array
{
    $stock = [];
    foreach ($entries as &$entry) {
        $entry = explode(' ', $entry, 2);
    }
    // $entry still refers to the last entry, which each turn of the loop overwrites.
    foreach ($entries as $entry) {
        [$head, $name] = $entry;
        $amount = (int) substr($head, 1);
        $here = $stock[$name] ?? 0;
        if ($head[0] === '+') {
            $stock[$name] = $here + $amount;
        } elseif ($head[0] === '=') {
            $stock[$name] = $amount;
        } elseif ($here >= $amount) {
            $stock[$name] = $here - $amount;
        }
    }
    return array_filter($stock);
}
