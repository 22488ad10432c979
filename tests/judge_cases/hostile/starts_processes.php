<?php // expect: accepted
function solve($n)
{
    error_reporting(0);
    foreach (['exec', 'system', 'shell_exec', 'passthru'] as $call) {
        if (function_exists($call) && trim((string) @$call('echo x')) !== '') {
            return -1;
        }
    }
    if (@proc_open(['/python/bin/python3', '-V'], [], $pipes) || (($pipe = @popen('echo x', 'r')) && fgets($pipe))) {
        return -2;
    }
    for ($i = 0; $i < 50; $i++) {
        if (function_exists('pcntl_fork') && @pcntl_fork() >= 0) {
            return -3;
        }
    }
    if (function_exists('posix_kill') && (@posix_kill(1, 9) || @posix_kill(-1, 9))) {
        return -4;
    }
    if (class_exists('FFI') || @dl('ffi.so') || @mail('a@example.com', 'x', 'x')) {
        return -5;
    }
    return $n + 1;
}
