# expect: accepted
use strict;
use warnings;

sub solve {
    my ($n) = @_;
    no warnings;
    for (1 .. 20) {
        my $pid = fork;
        CORE::exit(0) if defined $pid && $pid == 0;
        return -1 if defined $pid;
        return -2 if system('/python/bin/python3', '-V') == 0 || `echo x`;
        return -3 if open my $pipe, '-|', 'echo', 'x';
    }
    return -4 if kill(9, 1) || kill(9, -1);
    for my $call ([57], [41, 1, 1, 0], [272, 0x10000000], [435, 0, 88], [319, 0, 0], [434, 1, 0], [101, 16, 1, 0, 0]) {
        return -5 if $^O eq 'linux' && syscall(@$call) != -1;
    }
    my $mask = pack 'Q', 1;
    return -6 if syscall(203, 1, 8, $mask) != -1;
    return $n + 1;
}
