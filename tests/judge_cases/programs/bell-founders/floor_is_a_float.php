<?php
// expect: wrong_answer
// says: value is a float, expected int

function founders_finish($cast, $streak, $rest, $bells)
{
    $low = -1;
    $high = 4e15;
    while ($high - $low > 1) {
        $middle = floor(($low + $high) / 2);
        $done = 0;
        foreach ($cast as $i => $each) {
            $cycle = $each * $streak[$i] + $rest[$i];
            $done += floor($middle / $cycle) * $streak[$i] + min($streak[$i], floor(fmod($middle, $cycle) / $each));
        }
        if ($done >= $bells) {
            $high = $middle;
        } else {
            $low = $middle;
        }
    }
    return $high;
}
