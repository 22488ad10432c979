<?php // expect: time_limit kind: handlers
function solve($n)
{
    for ($number = 1; $number < 65; $number++) {
        if (function_exists('pcntl_signal') && !in_array($number, [9, 19, 32, 33])) {
            @pcntl_signal($number, SIG_IGN);
        }
    }
    set_error_handler(fn () => true);
    set_exception_handler(fn () => true);
    while (true);
}
