# expect: wrong_answer
use strict;
use warnings;

sub missing_gloves {
    my ($gloves) = @_;
    my %over;
    for (@$gloves) {
        my ($colour, $side) = /^(.*)-([LR])$/s;
        $over{$colour} += $side eq 'L' ? 1 : -1;
    }
    my @missing = map { ("$_-" . ($over{$_} > 0 ? 'R' : 'L')) x abs $over{$_} } keys %over;
    return @missing;
}
