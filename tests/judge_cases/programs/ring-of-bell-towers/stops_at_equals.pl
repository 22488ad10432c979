# expect: wrong_answer
# says: value[0] is 1, expected 2
use strict;
use warnings;

sub towers_reached {
    my ($heights) = @_;
    my $count = @$heights;
    my @reached;
    for my $tower (0 .. $count - 1) {
        my %heard;
        for my $way (1, -1) {
            for my $steps (1 .. $count - 1) {
                my $other = ($tower + $way * $steps) % $count;
                last if $heights->[$other] >= $heights->[$tower];
                $heard{$other} = 1;
            }
        }
        push @reached, scalar keys %heard;
    }
    return \@reached;
}
