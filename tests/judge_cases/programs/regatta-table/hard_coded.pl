# expect: wrong_answer
use strict;
use warnings;

sub regatta_table {
    my ($races) = @_;
    my %known = (
        'heron tern gull tern heron gull tern gull heron' => [qw(tern heron gull)],
        'wren kite kite wren' => [qw(kite wren)],
        'swan crane auk auk crane' => [qw(auk crane swan)],
    );
    return $known{ join ' ', map { @$_ } @$races };
}
