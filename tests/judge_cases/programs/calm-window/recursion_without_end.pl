# expect: memory_limit
# says: The program ran out of memory.
use strict;
use warnings;
no warnings 'recursion';

sub calm_from {
    my ($winds, $limit, $hour) = @_;
    return ($winds->[$hour] // 0) <= $limit ? 1 + calm_from($winds, $limit, $hour + 1) : 0;
}

sub longest_calm {
    my ($winds, $limit) = @_;
    my @best = (-1, 0);
    for my $hour (0 .. $#$winds) {
        my $length = calm_from($winds, $limit, $hour);
        @best = ($hour, $length) if $length > $best[1];
    }
    return \@best;
}
