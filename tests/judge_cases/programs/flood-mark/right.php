<?php
// expect: accepted

function count_new_marks(int $mark, array $levels): int
{
    $moves = 0;
    foreach ($levels as $level) {
        if ($level > $mark) {
            $mark = $level;
            $moves++;
        }
    }
    return $moves;
}
