<?php
// expect: wrong_answer
// says: value is nan, not a finite number

function expected_dark_stretch(array $lit): float
{
    return log(array_sum($lit) - 1000);
}
