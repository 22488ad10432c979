<?php
// expect: accepted

function knitting_instructions(string $row): string
{
    preg_match_all('/(.)\1*/', $row, $groups);
    printf("%d groups\n", count($groups[0]));
    $short = array_map(fn (string $group): string => $group[0] . (strlen($group) > 1 ? strlen($group) : ''), $groups[0]);
    print_r(array_slice($short, 0, 3));
    return implode(' ', $short);
}
