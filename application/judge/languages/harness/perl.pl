# Makes one call: reads from standard input the function's name, the type it returns, those of its parameters, each on a
# line, the player's code as a string and the arguments, all in the format of judge/languages/tokens.py, and writes what
# was returned to descriptor 3.

# Above everything else, so that the player's code sees no variable and no pragma of this file.
sub Codemaze::evaluate {
    eval "package main; \$Codemaze::running = 1;\n#line 1 \"solution.pl\"\n$Codemaze::code";
}

package Codemaze;

use strict;
use warnings;
no warnings qw(once recursion utf8);

use constant { FILE => 'solution.pl', DEPTH => 60, FRAMES => 8, MESSAGE => 4000 };

our ($code, $running);
my ($result, $answered, $left, @trace, @path);
my $NUMBER = qr/\A\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\s*\z|\A[-+]?(?:inf|infinity|nan)\z/i;
my %ESCAPES = ('"' => '\\"', '\\' => '\\\\', map { chr() => sprintf '\\u%04x', $_ } 0 .. 31);

# --- types and arguments

# A type as [kind, the type it is of]. Anything may be undef, so that an optional says nothing more.
sub type {
    my ($kind, $of) = $_[0] =~ /\A(\w+)(?:<(?:string,)?(.*)>)?\z/s or die "no type: $_[0]";
    return type($of) if $kind eq 'optional';
    return [$kind, $of && type($of)];
}

# A function that reads a value of a type.
sub reader {
    my ($kind, $of) = $_[0] =~ /\A(\w+)(?:<(?:string,)?(.*)>)?\z/s;
    return sub { 0 + readline STDIN } if $kind eq 'int' || $kind eq 'float';
    return sub { !!(0 + readline STDIN) } if $kind eq 'bool';
    return \&text if $kind eq 'string';
    my $read = reader($of);
    return sub { 0 + readline STDIN ? $read->() : undef } if $kind eq 'optional';
    return sub { my $size = readline STDIN; [map { $read->() } 1 .. $size] } if $kind eq 'list';
    return sub { my $size = readline STDIN; +{map { text() => $read->() } 1 .. $size} };
}

sub text {
    my $size = readline STDIN;
    read STDIN, my $text, $size + 1;
    chop $text;
    utf8::decode($text);
    return $text;
}

sub line {
    chomp(my $line = readline STDIN);
    return $line;
}

# --- the answer, as JSON

sub refused { die bless {message => join '', @_}, 'Codemaze::Refused' }

# A value as JSON. Scalars are what their declared type says, where they can be: Perl itself does not tell.
sub json {
    my ($value, $type) = @_;
    return 'null' if !defined $value;
    my $kind = $type ? $type->[0] : '';
    my $ref  = ref $value;
    if (!$ref) {
        return string($value) if $kind eq 'string';
        return $value ? 'true' : 'false' if $kind eq 'bool';
        return $value =~ $NUMBER ? number($value, $kind eq 'float') : string($value);
    }
    refused('value nests deeper than ', DEPTH, ' levels, or contains itself') if @path >= DEPTH;
    my $of = $type && $type->[1];
    if ($ref eq 'ARRAY') {
        # The commonest of large answers, in a fifth of the time.
        my $ints = $of && $of->[0] eq 'int' && !grep { !defined || ref || !/\A(?:0|-?[1-9][0-9]{0,14})\z/ } @$value;
        return '[' . join(',', @$value) . ']' if $ints;
        push @path, 0;
        my @parts = map { $path[-1] = $_; json($value->[$_], $of) } 0 .. $#$value;
        pop @path;
        return '[' . join(',', @parts) . ']';
    }
    if ($ref eq 'HASH') {
        push @path, '';
        my @parts;
        for my $key (keys %$value) {
            $path[-1] = my $name = string($key);
            push @parts, $name . ':' . json($value->{$key}, $of);
        }
        pop @path;
        return '{' . join(',', @parts) . '}';
    }
    my $plain = $ref =~ /\A(?:CODE|SCALAR|REF|GLOB|LVALUE|FORMAT|IO|VSTRING|Regexp)\z/;
    refused(place(), ' is ', $plain ? "a $ref reference" : "an object of $ref", ', which no answer has');
}

sub number {
    my ($number, $float) = (0 + $_[0], $_[1]);
    my $name = $number != $number ? 'nan' : $number == 9**9**9 ? 'inf' : $number == -9**9**9 ? '-inf' : '';
    refused(place(), " is $name, not a finite number") if $name;
    if ($float || $number != int $number) {
        my $text = sprintf '%.17g', $number;
        return $text =~ /[.e]/ ? $text : "$text.0";
    }
    return $number =~ /e/ ? sprintf '%.0f', $number : "$number";
}

sub string {
    my $text = "$_[0]";
    $text =~ s/(["\\\x00-\x1f])/$ESCAPES{$1}/g;
    # What no UTF-8 has: the halves of surrogate pairs, and what lies beyond Unicode.
    $text =~ s/[^\x{0}-\x{D7FF}\x{E000}-\x{10FFFF}]/\x{FFFD}/g if utf8::is_utf8($text);
    return qq("$text");
}

sub place { join '', 'value', map { "[$_]" } @path }

sub answer {
    my ($text) = @_;
    local ($\, $,);
    utf8::encode($text);
    $answered = 1;
    print {$result} $text;
    close $result;
}

sub refuse {
    my ($verdict, $message) = @_;
    answer(qq({"verdict":"$verdict","message":) . string(substr $message, 0, MESSAGE) . '}');
}

# --- one call

# Where in the player's file the last error came from, which is forgotten by the time that it gets here.
sub traced {
    @trace = ();
    for (my $level = 0; $level < 100 && @trace < FRAMES; $level++) {
        my (undef, $file, $line) = caller $level or last;
        next if $file ne FILE;
        my $name = (caller $level + 1)[3] // '';
        $name =~ s/\Amain:://;
        push @trace, "\n  " . FILE . ":$line:in " . ($name eq '(eval)' ? 'the file' : "'$name'");
    }
}

sub failed {
    my ($error) = @_;
    return refuse('wrong_answer', $error->{message}) if ref $error eq 'Codemaze::Refused';
    my $said = eval { "$error" } // '';
    $said =~ s/ at \Q${\__FILE__}\E line [0-9]+//g;
    chomp $said;
    return refuse('compile_error', $said) if !$running;
    return refuse('memory_limit', 'The program ran out of memory.') if !ref $error && $said =~ /\AOut of memory/;
    refuse('runtime_error', substr($said, 0, MESSAGE / 2) . join '', @trace);
}

# Perl leaves the program when it gets no memory, and nothing else tells of it.
END { refuse('memory_limit', 'The program ran out of memory.') if !$answered && !$left && $? == 1 }

open $result, '>&=', 3 or die "descriptor 3: $!";
my ($function, $returns, @params) = (line(), type(line()), split / /, line());
$code = text();
my @args = map { reader($_)->() } @params;
$. = 0;    # else messages name the line of the input

# What was printed before a program is killed is not lost.
$| = 1;
binmode STDOUT, ':utf8';
binmode STDERR, ':utf8';
# The same modules are found on every machine.
@INC = grep { !m{\A/etc/|\A/usr/local/|/perl5\b} } @INC;
$SIG{__DIE__} = \&traced;
*CORE::GLOBAL::exit = sub (;$) { $left = 1; CORE::exit($_[0] // 0) };

evaluate();
if ($@) {
    failed($@);
} elsif (!defined &{"main::$function"}) {
    refuse('runtime_error', "The program defines no function $function.");
} else {
    my $call = \&{"main::$function"};
    my $text = eval { json(scalar $call->(@args), $returns) };
    defined $text ? answer(qq({"value":$text})) : failed($@);
}
