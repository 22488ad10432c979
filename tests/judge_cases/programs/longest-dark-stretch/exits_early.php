<?php
// expect: runtime_error
// says: before its function returned

function expected_dark_stretch(array $lit): float
{
    echo array_sum($lit), PHP_EOL;
    exit(0);
}
