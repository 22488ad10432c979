<?php
// expect: accepted

interface Ranked
{
    public function rank(): array;
}

final class Boat implements Ranked
{
    public int $total = 0;
    public int $last = 0;

    public function __construct(public readonly string $name)
    {
    }

    public function scores(int $points): void
    {
        $this->total += $points;
        $this->last = $points;
    }

    public function rank(): array
    {
        return [$this->total, $this->last, $this->name];
    }
}

function regatta_table(array $races): array
{
    $names = array_values(array_unique(array_merge(...$races)));
    $boats = array_map(fn (string $name): Boat => new Boat($name), $names);
    foreach ($races as $race) {
        foreach ($boats as $boat) {
            $place = array_search($boat->name, $race, true);
            $boat->scores($place === false ? count($boats) + 1 : $place + 1);
        }
    }
    usort($boats, fn (Ranked $one, Ranked $other): int => $one->rank() <=> $other->rank());
    return array_column($boats, 'name');
}
