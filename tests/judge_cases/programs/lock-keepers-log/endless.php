<?php
// expect: time_limit

function stretches_with(array $shifts, int $crews): array
{
    $found = [];
    $i = 0;
    while ($i < 2000) {
        if (!isset($shifts[$i])) {
            continue;
        }
        $found[] = $shifts[$i++];
    }
    return $found;
}
