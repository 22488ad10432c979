# expect: accepted
use v5.20;
use warnings;

sub knitting_instructions {
    my $row = shift;
    (my $groups = $row) =~ s/((\w)\2*)/$2 . (length $1 > 1 ? length $1 : '') . ' '/ge;
    say 'groups: ', substr $groups, 0, 20;
    print STDERR "done\n";
    return $groups =~ s/ $//r;
}
