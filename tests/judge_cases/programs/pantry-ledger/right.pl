# expect: accepted
use strict;
use warnings;

sub settle_pantry {
    my ($entries) = @_;
    my %stock;
    for my $entry (@$entries) {
        my ($sign, $amount, $name) = $entry =~ /^([-+=])(\d+) (.*)$/ or die "odd entry: $entry";
        $stock{$name} //= 0;
        if    ($sign eq '+')             { $stock{$name} += $amount }
        elsif ($sign eq '=')             { $stock{$name} = $amount }
        elsif ($amount <= $stock{$name}) { $stock{$name} -= $amount }
    }
    return { map { $_ => $stock{$_} } grep { $stock{$_} > 0 } keys %stock };
}
