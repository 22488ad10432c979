# expect: accepted
use strict;
use warnings;

sub waiting_times {
    my ($trains, $buses, $walk) = @_;
    my @departures = sort { $a <=> $b } @$buses;
    my @waits;
    for my $train (@$trains) {
        my $ready = $train + $walk;
        my ($low, $high) = (0, scalar @departures);
        while ($low < $high) {
            my $middle = int(($low + $high) / 2);
            if ($departures[$middle] < $ready) { $low = $middle + 1 }
            else                               { $high = $middle }
        }
        push @waits, $low < @departures ? $departures[$low] - $ready : -1;
    }
    return \@waits;
}
