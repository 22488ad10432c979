# expect: wrong_answer
# says: value is 14
use strict;
use warnings;
use integer;

sub dive_score {
    my ($marks, $difficulty) = @_;
    my @counting = sort { $a <=> $b } @$marks;
    @counting = @counting[1 .. $#counting - 1] if @counting > 2;
    return 0 unless @counting;
    my $total = 0;
    $total += $_ for @counting;
    return $total / @counting * $difficulty;
}
