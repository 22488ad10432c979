// expect: accepted
use std::net::{TcpListener, TcpStream, ToSocketAddrs, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixStream};

fn solve(n: i64) -> i64 {
    for port in [5432, 6379, 5000, n as u16] {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() || TcpStream::connect(("::1", port)).is_ok() {
            return -1;
        }
    }
    if UdpSocket::bind("127.0.0.1:0").is_ok() || TcpListener::bind("127.0.0.1:0").is_ok() {
        return -2;
    }
    if UnixStream::connect("/var/run/docker.sock").is_ok() || UnixStream::pair().is_ok() || UnixDatagram::unbound().is_ok() {
        return -3;
    }
    if "example.com:80".to_socket_addrs().is_ok() {
        return -4;
    }
    n + 1
}
