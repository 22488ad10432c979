# expect: compile_error
# says: solution.pl line 9
use strict;
use warnings;

sub minutes_to_cross {
    my ($chart) = @_;
    for my $row (@$chart) {
        return 1 if $row =~ /SG/ );
    }
    return undef;
}
