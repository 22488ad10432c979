<?php
// expect: runtime_error
// says: solution.php:9

function waiting_times(array $trains, array $buses, int $walk): array
{
    $waits = [];
    foreach ($trains as $train) {
        $waits[] = first_bus($buses, $train + $walk);
    }
    return $waits;
}
