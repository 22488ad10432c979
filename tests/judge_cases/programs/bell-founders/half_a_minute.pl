# expect: wrong_answer
# says: value is
use strict;
use warnings;

sub founders_finish {
    my ($cast, $streak, $rest, $bells) = @_;
    my ($low, $high) = (0, 4e15);
    for (1 .. 200) {
        my $middle = ($low + $high) / 2;
        my $done = 0;
        for my $i (0 .. $#$cast) {
            $done += $middle / ($cast->[$i] + $rest->[$i] / $streak->[$i]);
        }
        if ($done >= $bells) { $high = $middle }
        else                 { $low = $middle }
    }
    return $high;
}
