# expect: runtime_error
# says: solution.pl line 9
use strict;
use warnings;

sub regatta_table {
    my ($races) = @_;
    my $place = 0;
    my @final = @{ $races->[@$races] };
    my %last = map { $_ => ++$place } @final;
    return [sort { $last{$a} <=> $last{$b} } keys %last];
}
