<?php // expect: accepted time_limit kind: end
final class Left
{
    public function __destruct()
    {
        while (true);
    }
}

function solve($n)
{
    $GLOBALS['left'] = new Left();
    register_shutdown_function(function () {
        while (true);
    });
    return $n + 1;
}
