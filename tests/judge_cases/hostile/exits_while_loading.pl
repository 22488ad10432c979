# expect: runtime_error kind: start
use POSIX ();
BEGIN { POSIX::_exit(0) }

sub solve { $_[0] + 1 }
