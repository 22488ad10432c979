# expect: accepted wrong_answer runtime_error kind: output
package Circle;

sub TIEHANDLE { bless {}, shift }
sub PRINT     { 1 }
sub PRINTF    { 1 }
sub WRITE     { 1 }
sub CLOSE     { 1 }

package main;

sub solve {
    my ($n) = @_;
    ($\, $,, $/, $|) = ('}', ']', undef, 0);
    tie *STDOUT, 'Circle';
    tie *STDERR, 'Circle';
    print 'lost';
    return $n + 1;
}
