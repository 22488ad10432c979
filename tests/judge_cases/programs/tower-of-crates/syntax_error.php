<?php
// expect: compile_error
// says: solution.php:9

function best_tower(array $weights, array $strengths, array $values): int
{
    $best = 0;
    foreach ($weights as $i => $weight) {
        $best = max($best, $values[$i];
    }
    return $best;
}
