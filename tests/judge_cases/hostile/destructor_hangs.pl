# expect: accepted time_limit kind: end
package Left;

sub DESTROY { 1 while 1 }

package main;

our $left = bless {}, 'Left';

sub solve { $_[0] + 1 }
