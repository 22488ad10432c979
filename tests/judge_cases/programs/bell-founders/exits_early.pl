# expect: runtime_error
# says: before its function returned
use strict;
use warnings;

sub founders_finish {
    my ($cast, $streak, $rest, $bells) = @_;
    print $cast->[0] * $bells, "\n";
    exit 0;
}
