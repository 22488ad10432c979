<?php // expect: runtime_error kind: start
exit(0);

function solve($n)
{
    return $n + 1;
}
