# expect: time_limit
use strict;
use warnings;

my @primes = grep { my $n = $_; !grep { $n % $_ == 0 } 2 .. $n - 1 } 2 .. 99;

sub ways {
    my ($odd, $place, $left) = @_;
    return $left == 0 ? 1 : 0 if $place == @$odd;
    return ways($odd, $place + 1, $left) + ways($odd, $place + 1, $left ^ $odd->[$place]);
}

sub square_choices {
    my ($numbers) = @_;
    my @odd;
    for my $number (@$numbers) {
        my ($rest, $odd) = ($number, 0);
        for my $place (0 .. $#primes) {
            while ($rest % $primes[$place] == 0) {
                $rest /= $primes[$place];
                $odd ^= 1 << $place;
            }
        }
        push @odd, $odd;
    }
    return (ways(\@odd, 0, 0) - 1) % 1_000_000_007;
}
