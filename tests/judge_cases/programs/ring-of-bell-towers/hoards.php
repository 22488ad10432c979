<?php
// expect: memory_limit
// says: The program ran out of memory.

function towers_reached(array $heights): array
{
    $sounds = [];
    while (true) {
        $sounds[] = str_repeat('dong ', 1 << 20);
    }
}
