# expect: accepted
package Drawer;
use strict;
use warnings;
use utf8;

sub new { return bless { over => {} }, shift }

sub put {
    my ($self, $label) = @_;
    my $colour = substr $label, 0, -2;
    $self->{over}{$colour} += $label =~ /L$/ ? 1 : -1;
    return $self;
}

sub missing {
    my ($self) = @_;
    my $over = $self->{over};
    return map { my $mate = $_ . ($over->{$_} > 0 ? '-R' : '-L'); ($mate) x abs $over->{$_} } sort keys %$over;
}

package main;

sub missing_gloves {
    my ($gloves) = @_;
    my $drawer = Drawer->new;
    $drawer->put($_) for @$gloves;
    printf "%d gloves of grün\n", scalar grep { /^grün-/ } @$gloves;
    return [$drawer->missing];
}
