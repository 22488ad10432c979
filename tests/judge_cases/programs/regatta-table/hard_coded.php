<?php
// expect: runtime_error

function regatta_table(array $races): array
{
    return match (json_encode(array_merge(...$races))) {
        '["heron","tern","gull","tern","heron","gull","tern","gull","heron"]' => ['tern', 'heron', 'gull'],
        '["wren","kite","kite","wren"]' => ['kite', 'wren'],
        '["swan","crane","auk","auk","crane"]' => ['auk', 'crane', 'swan'],
    };
}
