# expect: time_limit
BEGIN { while (1) { } }

sub solve { $_[0] + 1 }
