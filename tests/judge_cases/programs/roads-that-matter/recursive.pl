# expect: accepted
use strict;
use warnings;
no warnings 'recursion';
use List::Util qw(min);

my (@beside, @entered, @lowest, @size, @bridges, $order);

sub visit {
    my ($village, $came_by) = @_;
    $entered[$village] = $lowest[$village] = $order++;
    $size[$village] = 1;
    for (@{ $beside[$village] }) {
        my ($other, $road) = @$_;
        next if $road == $came_by;
        if (defined $entered[$other]) {
            $lowest[$village] = min($lowest[$village], $entered[$other]);
            next;
        }
        visit($other, $road);
        $size[$village] += $size[$other];
        $lowest[$village] = min($lowest[$village], $lowest[$other]);
        push @bridges, [$road, $size[$other]] if $lowest[$other] > $entered[$village];
    }
}

sub pairs_cut {
    my ($villages, $roads) = @_;
    for my $road (0 .. $#$roads) {
        my ($from, $to) = @{ $roads->[$road] };
        push @{ $beside[$from] }, [$to, $road];
        push @{ $beside[$to] }, [$from, $road];
    }
    my @weights = (0) x @$roads;
    for my $village (0 .. $villages - 1) {
        next if defined $entered[$village];
        @bridges = ();
        visit($village, -1);
        $weights[$_->[0]] = $_->[1] * ($size[$village] - $_->[1]) for @bridges;
    }
    return \@weights;
}
