<?php // expect: accepted
function solve($n)
{
    error_reporting(0);
    foreach (['tcp://127.0.0.1:5432', 'tcp://127.0.0.1:6379', "tcp://127.0.0.1:$n", 'udp://127.0.0.1:53', 'unix:///var/run/docker.sock'] as $at) {
        if (@stream_socket_client($at, $code, $text, 0.1)) {
            return -1;
        }
    }
    if (@stream_socket_server('tcp://127.0.0.1:0') || gethostbyname('example.com') !== 'example.com') {
        return -2;
    }
    $read = ['/etc/passwd', 'php://filter/read=string.rot13/resource=/etc/passwd', 'glob:///etc/*', 'file:///proc/self/environ', '/work/main/run.py', 'data://x/../../etc/passwd'];
    foreach ($read as $path) {
        if (@file_get_contents($path)) {
            return -3;
        }
    }
    foreach (['/', '/work', '/tmp', '/dev/shm', '/judge', '/dev'] as $folder) {
        if (@file_put_contents("$folder/planted", 'x') || @mkdir("$folder/planted") || @symlink('/etc', "$folder/planted")) {
            return -4;
        }
    }
    if (@tempnam('/tmp', 'x') || @tmpfile() || @scandir('/etc') || array_diff(array_keys(getenv()), [])) {
        return -5;
    }
    return $n + 1;
}
