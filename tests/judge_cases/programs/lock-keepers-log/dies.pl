# expect: runtime_error
# says: no crew works at solution.pl line 16
use strict;
use warnings;

sub stretches_with {
    my ($shifts, $crews) = @_;
    my %change;
    $change{ $_->[0] }++, $change{ $_->[1] }-- for @$shifts;
    my @moments = sort { $a <=> $b } grep { $change{$_} } keys %change;
    my ($working, @found) = (0);
    for my $i (0 .. $#moments - 1) {
        $working += $change{ $moments[$i] };
        push @found, [@moments[$i, $i + 1]] if $working == $crews;
    }
    die "no crew works" unless @found;
    return \@found;
}
