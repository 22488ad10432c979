<?php // expect: memory_limit runtime_error
function solve($n)
{
    return solve($n + 1) + 1;
}
