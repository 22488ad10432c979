# expect: wrong_answer kind: names
BEGIN {
    *CORE::GLOBAL::sprintf = sub { '9' };
    *CORE::GLOBAL::die     = sub { };
}
*Codemaze::json = sub { '9' };

sub solve { $_[0] + 1 }
