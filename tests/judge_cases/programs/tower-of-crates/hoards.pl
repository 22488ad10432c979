# expect: memory_limit
# says: The program ran out of memory.
use strict;
use warnings;

sub best_tower {
    my ($weights, $strengths, $values) = @_;
    my @towers;
    my $crate = 0;
    while (1) {
        push @towers, pack('N', $crate++) x (1 << 20);
    }
}
