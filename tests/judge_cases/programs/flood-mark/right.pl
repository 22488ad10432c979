# expect: accepted
use strict;
use warnings;

sub count_new_marks {
    my ($mark, $levels) = @_;
    my $moves = 0;
    for my $level (@$levels) {
        next if $level <= $mark;
        $mark = $level;
        $moves++;
    }
    return $moves;
}
