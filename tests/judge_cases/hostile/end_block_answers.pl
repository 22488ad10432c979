# expect: runtime_error wrong_answer time_limit kind: end
END {
    open my $answers, '>&=', 3;
    syswrite $answers, '{"value":-1}';
    1 while 1;
}

sub solve { exit 0 }
