<?php // expect: accepted wrong_answer runtime_error kind: output
function solve($n)
{
    ob_start(fn ($text) => '{"value":-1}');
    ob_start(fn ($text) => str_repeat('x', 100), 1);
    echo 'lost';
    stream_wrapper_unregister('php');
    fclose(STDERR);
    fclose(STDOUT);
    return $n + 1;
}
