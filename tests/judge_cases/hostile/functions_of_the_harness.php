<?php // expect: wrong_answer kind: names

namespace Codemaze {
    function fwrite(...$words)
    {
        \fwrite($words[0], '{"value":8}');
    }
}

namespace {
    function solve($n)
    {
        return $n + 1;
    }
}
