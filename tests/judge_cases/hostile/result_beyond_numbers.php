<?php // expect: wrong_answer runtime_error kind: values
function solve($n)
{
    file_put_contents('php://fd/3', '{"value":{"\ud800":"\u0000","x":1e999}}');
    exit(0);
}
