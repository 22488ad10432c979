<?php
// expect: runtime_error
// says: solution.php:11

function dive_score(array $marks, float $difficulty): float
{
    if (!$marks) {
        return 0.0;
    }
    $total = array_sum($marks) - max($marks) - min($marks);
    return $total / (count($marks) - 2) * $difficulty;
}
