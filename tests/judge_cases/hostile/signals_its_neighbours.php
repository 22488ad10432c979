<?php // expect: accepted kind: signals
function solve($n)
{
    $own = getmypid();
    for ($pid = -1; $pid < $own + 20; $pid++) {
        if ($pid === $own || $pid === 0) {
            continue;
        }
        foreach ([9, 19] as $number) {
            if (function_exists('posix_kill') && posix_kill($pid, $number)) {
                return -1;
            }
        }
    }
    if (function_exists('pcntl_alarm')) {
        pcntl_alarm(1);
    }
    return $n + 1;
}
