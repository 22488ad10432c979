<?php

// Makes one call: reads the player's code, the function's name, the arguments and the type to return as JSON from
// standard input, and writes what was returned to descriptor 3.

namespace Codemaze;

const FILE = 'solution.php';
const DEPTH = 60;
const FRAMES = 8;
const MESSAGE = 4000;
const TEXT = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE;

/** A value that is no answer; the message says why. */
final class Refused extends \Exception
{
}

/** The one file there is: opened once, it is the player's code, which is thus compiled under its own name. */
final class Source
{
    public static string $code = '';
    public $context;
    private int $at = 0;

    public function stream_open(): bool
    {
        stream_wrapper_restore('file');
        return true;
    }

    public function stream_read(int $count): string
    {
        $part = substr(self::$code, $this->at, $count);
        $this->at += strlen($part);
        return $part;
    }

    public function stream_eof(): bool
    {
        return $this->at >= strlen(self::$code);
    }

    public function stream_stat(): array
    {
        return [];
    }

    public function stream_set_option(): bool
    {
        return false;
    }
}

/** The call, and its answer. All state is here, since the player's code shares the global variables. */
final class Call
{
    private static array $request;
    private static mixed $result;
    private static bool $running = false;
    private static bool $answered = false;

    public static function read(): void
    {
        self::$result = fopen('php://fd/3', 'wb');
        self::$request = json_decode(stream_get_contents(STDIN), true);
        Source::$code = self::$request['code'];
    }

    public static function make(): void
    {
        ['function' => $function, 'args' => $args, 'returns' => $returns] = self::$request;
        self::$request = [];
        self::$running = true;
        if (!function_exists($function)) {
            self::refuse('runtime_error', "The program defines no function $function.");
        } else {
            $value = $function(...$args);
            self::answer('{"value":' . json($value, type($returns), 'value', 0) . '}');
        }
    }

    public static function failed(\Throwable $error): void
    {
        if ($error instanceof Refused) {
            self::refuse('wrong_answer', $error->getMessage());
        } elseif ($error instanceof \CompileError && $error->getFile() === FILE && !self::$running) {
            self::refuse('compile_error', FILE . ":{$error->getLine()}: {$error->getMessage()}");
        } else {
            self::refuse('runtime_error', told($error));
        }
    }

    /** Fatal errors are no exceptions; nothing but the end of the script tells of them. */
    public static function ended(): void
    {
        $error = self::$answered ? null : error_get_last();
        if ($error === null || !($error['type'] & (E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR))) {
            return;
        }
        ini_set('memory_limit', '-1');
        ['type' => $type, 'message' => $message, 'line' => $line, 'file' => $file] = $error;
        if (str_starts_with($message, 'Allowed memory size') || str_starts_with($message, 'Out of memory')) {
            self::refuse('memory_limit', 'The program ran out of memory.');
        } else {
            $place = $file === FILE ? FILE . ":$line: " : '';
            $verdict = self::$running || $type === E_ERROR ? 'runtime_error' : 'compile_error';
            self::refuse($verdict, $place . $message);
        }
    }

    private static function refuse(string $verdict, string $message): void
    {
        $answer = ['verdict' => $verdict, 'message' => substr($message, 0, MESSAGE)];
        self::answer(json_encode($answer, TEXT));
    }

    private static function answer(string $text): void
    {
        while (ob_get_level() > 0 && @ob_end_flush()) {
        }
        self::$answered = true;
        fwrite(self::$result, $text);
        fclose(self::$result);
    }
}

/** A type as [kind, the type it is of]. */
function type(string $text): array
{
    [$kind, $of] = [...explode('<', $text, 2), ''];
    if ($of === '') {
        return [$kind, null];
    }
    $of = substr($of, $kind === 'map' ? strlen('string,') : 0, -1);
    return $kind === 'optional' ? type($of) : [$kind, type($of)];
}

/** A value as JSON. Whether an array is a list or a map is for its declared type to say, where its keys allow it. */
function json(mixed $value, ?array $type, string $place, int $depth): string
{
    if (is_string($value)) {
        return json_encode($value, TEXT);
    }
    if (is_int($value)) {
        return (string) $value;
    }
    if (is_float($value)) {
        if (!is_finite($value)) {
            $name = is_nan($value) ? 'nan' : ($value > 0 ? 'inf' : '-inf');
            throw new Refused("$place is $name, not a finite number");
        }
        return json_encode($value, JSON_PRESERVE_ZERO_FRACTION);
    }
    if (is_bool($value) || $value === null) {
        return json_encode($value);
    }
    if (!is_array($value)) {
        $name = str_replace("\0", ' ', get_debug_type($value));
        $article = strpbrk($name[0], 'AEIOUaeiou') === false ? 'a' : 'an';
        throw new Refused("$place is $article $name, which no answer has");
    }
    if ($depth >= DEPTH) {
        throw new Refused('value nests deeper than ' . DEPTH . ' levels, or contains itself');
    }
    $parts = [];
    $of = $type[1] ?? null;
    if (array_is_list($value) && ($type[0] ?? '') !== 'map') {
        foreach ($value as $index => $item) {
            $parts[] = json($item, $of, "{$place}[$index]", $depth + 1);
        }
        return '[' . implode(',', $parts) . ']';
    }
    foreach ($value as $key => $item) {
        $key = json_encode((string) $key, TEXT);
        $parts[] = $key . ':' . json($item, $of, "{$place}[$key]", $depth + 1);
    }
    return '{' . implode(',', $parts) . '}';
}

/** An exception's message, and where in the player's file it came from. */
function told(\Throwable $error): string
{
    // PHP names the place of the call in some messages, which is in this file.
    $message = preg_replace('~(, called)? in ' . preg_quote(__FILE__) . ' on line \d+~', '', $error->getMessage());
    $lines = [];
    $calls = $error->getTrace();
    $at = ['file' => $error->getFile(), 'line' => $error->getLine()];
    foreach ([...$calls, []] as $call) {
        if (str_starts_with($at['file'] ?? '', FILE) && count($lines) < FRAMES) {
            $function = ($call['class'] ?? '') . ($call['type'] ?? '') . ($call['function'] ?? 'include');
            $lines[] = "\n  {$at['file']}:{$at['line']}:in " . ($function === 'include' ? 'the file' : "'$function'");
        }
        $at = $call;
    }
    return substr($message, 0, MESSAGE - 1000) . ' (' . get_debug_type($error) . ')' . implode('', $lines);
}

register_shutdown_function([Call::class, 'ended']);
Call::read();
stream_wrapper_unregister('file');
stream_wrapper_register('file', Source::class);
try {
    // Here, so that the variables at the top of the player's file are global, as they would be in a file of its own.
    include FILE;
    Call::make();
} catch (\Throwable $error) {
    Call::failed($error);
}
