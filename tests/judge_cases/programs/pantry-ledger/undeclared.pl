# expect: compile_error
# says: solution.pl line 11
use strict;
use warnings;

sub settle_pantry {
    my ($entries) = @_;
    my %stock;
    for my $entry (@$entries) {
        my ($head, $name) = split / /, $entry, 2;
        $stok{$name} = substr $head, 1;
    }
    return \%stock;
}
