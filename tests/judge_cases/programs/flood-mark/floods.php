<?php
// expect: output_limit

function count_new_marks(int $mark, array $levels): int
{
    for ($line = 0; $line < 2048; $line++) {
        echo str_repeat('=', 1023), "\n";
    }
    return 0;
}
