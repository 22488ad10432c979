# expect: runtime_error
# says: Illegal division by zero at solution.pl line 10
use strict;
use warnings;
use List::Util qw(sum0);

sub expected_dark_stretch {
    my ($lit) = @_;
    my @bright = grep { $_ > 0.5 } @$lit;
    return sum0(@$lit) / @bright;
}
