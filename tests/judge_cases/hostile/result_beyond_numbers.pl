# expect: wrong_answer runtime_error kind: values
sub solve {
    open my $answers, '>&=', 3;
    syswrite $answers, '{"value":1e999}';
    require POSIX;
    POSIX::_exit(0);
}
