# expect: wrong_answer
# says: value[1] is 60, expected 55
use strict;
use warnings;
use List::Util qw(first);

sub waiting_times {
    my ($trains, $buses, $walk) = @_;
    my @departures = sort @$buses;
    my @waits;
    for my $train (@$trains) {
        my $bus = first { $_ >= $train + $walk } @departures;
        push @waits, defined $bus ? $bus - $train - $walk : -1;
    }
    return \@waits;
}
