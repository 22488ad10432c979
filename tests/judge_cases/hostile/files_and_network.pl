# expect: accepted
use strict;
use warnings;
use Socket;

sub solve {
    my ($n) = @_;
    no warnings;
    for my $path ('/etc/passwd', '/proc/self/environ', '/proc/1/cmdline', '/work/main/run.py', '/dev/mem', '/etc/shadow') {
        return -1 if -e $path || open my $file, '<', $path;
    }
    for my $folder ('/', '/work', '/tmp', '/dev', '/dev/shm', '/judge') {
        return -2 if open my $file, '>', "$folder/planted";
        return -3 if mkdir("$folder/planted") || symlink('/etc', "$folder/planted") || link('/judge/perl.pl', "$folder/x");
    }
    return -4 if socket(my $tcp, PF_INET, SOCK_STREAM, 0) || socketpair(my $one, my $two, AF_UNIX, SOCK_STREAM, 0);
    return -5 if gethostbyname 'example.com';
    return -6 if chroot('/work') || unlink('/judge/perl.pl') || chmod(0777, '/judge/perl.pl') || opendir my $etc, '/etc';
    return $n + 1;
}
