# expect: wrong_answer
# says: value is "k3 p2 ", expected "k3 p2 k"
use strict;
use warnings;

sub knitting_instructions {
    my ($row) = @_;
    my $text = '';
    while ($row =~ /((.)\2*)/g) {
        $text .= $2 . (length $1 > 1 ? length $1 : '') . ' ';
    }
    chop $text;
    chop $text;
    return $text;
}
