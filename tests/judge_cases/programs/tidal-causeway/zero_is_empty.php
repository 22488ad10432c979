<?php
// expect: wrong_answer
// says: value is null, expected 4

function minutes_to_cross(array $chart): ?int
{
    foreach ($chart as $y => $row) {
        if (($x = strpos($row, 'S')) !== false) {
            $frontier = ["$y,$x" => [$y, $x]];
        }
    }
    $seen = [];
    for ($minute = 1; $frontier; $minute++) {
        $following = [];
        foreach ($frontier as [$y, $x]) {
            foreach ([[$y, $x], [$y - 1, $x], [$y + 1, $x], [$y, $x - 1], [$y, $x + 1]] as [$row, $column]) {
                if ($column < 0 || empty($chart[$row][$column])) {
                    continue;
                }
                $kind = $chart[$row][$column];
                if ($kind === 'G') {
                    return $minute;
                }
                $key = "$row,$column," . $minute % 3;
                if (($kind === '.' || $kind === 'S' || $kind === (string) ($minute % 3)) && !isset($seen[$key])) {
                    $seen[$key] = true;
                    $following[] = [$row, $column];
                }
            }
        }
        $frontier = $following;
    }
    return null;
}
