<?php
// expect: accepted

function pairs_cut(int $villages, array $roads): array
{
    $beside = array_fill(0, $villages, []);
    foreach ($roads as $road => [$a, $b]) {
        $beside[$a][] = [$b, $road];
        $beside[$b][] = [$a, $road];
    }
    $weights = array_fill(0, count($roads), 0);
    $entered = $lowest = $size = $bridges = [];
    $visit = function (int $village, int $cameBy) use (&$visit, &$entered, &$lowest, &$size, &$bridges, $beside): void {
        $entered[$village] = $lowest[$village] = count($entered);
        $size[$village] = 1;
        foreach ($beside[$village] as [$other, $road]) {
            if ($road === $cameBy) {
                continue;
            }
            if (isset($entered[$other])) {
                $lowest[$village] = min($lowest[$village], $entered[$other]);
                continue;
            }
            $visit($other, $road);
            $size[$village] += $size[$other];
            $lowest[$village] = min($lowest[$village], $lowest[$other]);
            if ($lowest[$other] > $entered[$village]) {
                $bridges[] = [$road, $size[$other]];
            }
        }
    };
    for ($village = 0; $village < $villages; $village++) {
        if (!isset($entered[$village])) {
            $bridges = [];
            $visit($village, -1);
            foreach ($bridges as [$road, $cutOff]) {
                $weights[$road] = $cutOff * ($size[$village] - $cutOff);
            }
        }
    }
    return $weights;
}
