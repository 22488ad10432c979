<?php
// expect: wrong_answer

function dive_score(array $marks, float $difficulty): float
{
    sort($marks);
    if (count($marks) >= 3) {
        $marks = array_slice($marks, 1, -1);
    }
    return $marks ? round(array_sum($marks) / count($marks) * $difficulty, 2) : 0.0;
}
