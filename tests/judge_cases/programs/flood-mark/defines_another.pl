# expect: runtime_error
# says: The program defines no function count_new_marks.
use strict;
use warnings;

sub countNewMarks {
    return 0;
}
