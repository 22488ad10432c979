<?php
// expect: accepted

declare(strict_types=1);

function waiting_times(array $trains, array $buses, int $walk): array
{
    sort($buses);
    return array_map(function (int $train) use ($buses, $walk): int {
        $ready = $train + $walk;
        $low = 0;
        $high = count($buses);
        while ($low < $high) {
            $middle = intdiv($low + $high, 2);
            if ($buses[$middle] < $ready) {
                $low = $middle + 1;
            } else {
                $high = $middle;
            }
        }
        return $low < count($buses) ? $buses[$low] - $ready : -1;
    }, $trains);
}
