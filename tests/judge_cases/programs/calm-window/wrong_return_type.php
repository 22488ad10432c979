<?php
// expect: runtime_error
// says: Return value must be of type array, null returned (TypeError)

function longest_calm(array $winds, int $limit): array
{
    foreach ($winds as $hour => $wind) {
        if ($wind > 1000) {
            return [$hour, 1];
        }
    }
    return null;
}
