# expect: accepted kind: signals
use strict;
use warnings;

sub solve {
    my ($n) = @_;
    for my $pid (grep { $_ != $$ && $_ != 0 } -1 .. $$ + 20) {
        for my $number (9, 19) {
            return -1 if kill($number, $pid);
            return -2 if syscall(234, $pid, $pid, $number) != -1 || syscall(200, $pid, $number) != -1;
        }
    }
    return $n + 1;
}
