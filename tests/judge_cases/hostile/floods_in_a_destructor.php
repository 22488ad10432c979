<?php // expect: output_limit
class Late
{
    public function __destruct()
    {
        while (true) {
            echo str_repeat('x', 65536);
        }
    }
}

function solve($n)
{
    new Late();
    return $n + 1;
}
