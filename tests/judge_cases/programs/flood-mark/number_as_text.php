<?php
// expect: wrong_answer
// says: value is a string, expected int

function count_new_marks($mark, $levels)
{
    $moves = '';
    foreach ($levels as $level) {
        if ($level > $mark) {
            $mark = $level;
            $moves .= '*';
        }
    }
    return number_format(strlen($moves));
}
