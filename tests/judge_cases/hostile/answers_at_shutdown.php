<?php // expect: runtime_error wrong_answer time_limit kind: end
function solve($n)
{
    register_shutdown_function(function () {
        file_put_contents('php://fd/3', '{"value":-1}');
        while (true);
    });
    exit(0);
}
