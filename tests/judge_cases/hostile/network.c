// expect: accepted
#include <arpa/inet.h>
#include <netdb.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

long long solve(long long n) {
  const int ports[] = {5432, 6379, 5000, 80, n};
  for (int i = 0; i < 5; i++) {
    for (int kind = SOCK_STREAM; kind <= SOCK_RAW; kind++) {
      struct sockaddr_in at = {AF_INET, htons(ports[i]), {htonl(INADDR_LOOPBACK)}};
      const int made = socket(AF_INET, kind, 0);
      if (made >= 0 && connect(made, (struct sockaddr *)&at, sizeof at) == 0 && write(made, "x", 1) == 1) return -1;
      if (made >= 0 && sendto(made, "x", 1, 0, (struct sockaddr *)&at, sizeof at) == 1) return -2;
    }
  }
  const int families[] = {AF_UNIX, AF_INET6, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK};
  for (int i = 0; i < 6; i++)
    if (socket(families[i], SOCK_STREAM, 0) >= 0 || socket(families[i], SOCK_DGRAM, 0) >= 0) return -3;
  struct sockaddr_un name = {AF_UNIX, "/var/run/docker.sock"};
  if (connect(0, (struct sockaddr *)&name, sizeof name) == 0 || bind(0, (struct sockaddr *)&name, sizeof name) == 0) return -4;
  struct addrinfo *found;
  return getaddrinfo("example.com", "80", NULL, &found) == 0 ? -5 : n + 1;
}
