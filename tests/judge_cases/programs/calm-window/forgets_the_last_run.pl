# expect: wrong_answer
use strict;
use warnings;

sub longest_calm {
    my ($winds, $limit) = @_;
    my @best = (-1, 0);
    my $start = 0;
    for my $hour (0 .. $#$winds) {
        next if $winds->[$hour] <= $limit;
        @best = ($start, $hour - $start) if $hour - $start > $best[1];
        $start = $hour + 1;
    }
    return \@best;
}
