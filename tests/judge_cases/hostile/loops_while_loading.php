<?php // expect: time_limit kind: static
final class Early
{
    public static int $rounds = 0;
}
while (++Early::$rounds > 0);

function solve($n)
{
    return $n + 1;
}
