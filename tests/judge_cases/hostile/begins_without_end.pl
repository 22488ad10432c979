# expect: time_limit kind: static
BEGIN { while (1) { } }

sub solve { $_[0] + 1 }
