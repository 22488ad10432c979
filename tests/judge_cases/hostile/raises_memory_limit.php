<?php // expect: memory_limit runtime_error
function solve($n)
{
    ini_set('memory_limit', '-1');
    ini_set('max_execution_time', '0');
    set_time_limit(0);
    $kept = [];
    while (true) {
        $kept[] = str_repeat('x', 1 << 20);
    }
}
