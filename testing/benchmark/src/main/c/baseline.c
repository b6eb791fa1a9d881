/*
 * The least that a server must do for a broadcast: write(2) of prepared bytes to each socket. One thread, no checks, no
 * pings; a yardstick, not a server.
 *
 *   baseline                      listens on any free port of loopback and says which
 *
 * Commands on stdin, each answered by one line of JSON:
 *
 *   send COUNT BYTES BATCH        COUNT broadcasts with BYTES of data each, BATCH of them in one write
 *   quit
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, MAX_FDS = 1 << 20 };
enum state { FREE, OPENED, UPGRADED, JOINED };

static enum state states[MAX_FDS];
static int joined[MAX_FDS];
static int joined_count, epoll_fd, listener;
static long long offset;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void leave(int fd) {
    for (int i = 0; i < joined_count; i++)
        if (joined[i] == fd) joined[i--] = joined[--joined_count];
    states[fd] = FREE;
    close(fd);
}

/* Waits for a reader whose buffer is full. */
static void write_all(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written > 0) {
            bytes += written;
            length -= (size_t) written;
        } else if (errno == EAGAIN) {
            struct pollfd until = {.fd = fd, .events = POLLOUT};
            poll(&until, 1, 1000);
        } else {
            return;
        }
    }
}

static size_t frame_header(char *into, size_t payload) {
    into[0] = (char) 0x81;
    if (payload <= 125) {
        into[1] = (char) payload;
        return 2;
    }
    if (payload <= 0xffff) {
        into[1] = 126;
        into[2] = (char) (payload >> 8);
        into[3] = (char) payload;
        return 4;
    }
    into[1] = 127;
    for (int i = 0; i < 8; i++) into[2 + i] = (char) ((uint64_t) payload >> (56 - 8 * i));
    return 10;
}

/* What the product writes for a broadcast: the same envelope, and data of that many bytes. */
static size_t broadcast_frame(char *into, long long at, size_t data_bytes) {
    char head[64];
    size_t length = (size_t) snprintf(
            head, sizeof head, "{\"push\":{\"channel\":\"broadcast\",\"pub\":{\"offset\":%lld,\"data\":", at);
    size_t header = frame_header(into, length + data_bytes + 3);
    char *to = into + header;
    memcpy(to, head, length);
    to += length;
    memcpy(to, "{\"content\":\"", 12);
    memset(to + 12, 'x', data_bytes - 14);
    memcpy(to + data_bytes - 2, "\"}", 2);
    memcpy(to + data_bytes, "}}}", 3);
    return header + length + data_bytes + 3;
}

static void send_broadcasts(long long count, size_t bytes, long long batch) {
    char *frames = malloc((size_t) batch * (bytes + 128));
    if (frames == NULL || bytes < 14) die("send");
    long long from = offset + 1;
    int64_t begin = now();
    for (long long sent = 0; sent < count; sent += batch) {
        size_t length = 0;
        for (long long i = 0; i < batch && sent + i < count; i++)
            length += broadcast_frame(frames + length, ++offset, bytes);
        for (int i = 0; i < joined_count; i++) write_all(joined[i], frames, length);
    }
    printf("{\"event\":\"sent\",\"from\":%lld,\"count\":%lld,\"sessions\":%d,\"ns\":%lld}\n",
            from, count, joined_count, (long long) (now() - begin));
    fflush(stdout);
    free(frames);
}

static void on_accept(void) {
    int fd, on = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        states[fd] = OPENED;
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event);
    }
}

static void on_client(int fd) {
    /* The answer to the one key that load.c sends. */
    static const char upgrade[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    char input[8192], reply[512], frame[640];
    ssize_t length = read(fd, input, sizeof input);
    if (length <= 0) {
        leave(fd);
    } else if (states[fd] == OPENED && memmem(input, (size_t) length, "\r\n\r\n", 4) != NULL) {
        write_all(fd, upgrade, sizeof upgrade - 1);
        states[fd] = UPGRADED;
    } else if (states[fd] == UPGRADED) {
        size_t payload = (size_t) snprintf(reply, sizeof reply,
                "{\"id\":1,\"connect\":{\"client\":\"c%d\",\"version\":\"0\",\"ping\":25,\"pong\":true,\"subs\":{"
                "\"broadcast\":{\"recoverable\":true,\"positioned\":true,\"epoch\":\"b\",\"offset\":%lld}}}}",
                fd, offset);
        size_t header = frame_header(frame, payload);
        memcpy(frame + header, reply, payload);
        write_all(fd, frame, header + payload);
        states[fd] = JOINED;
        joined[joined_count++] = fd;
    }
}

static void on_stdin(void) {
    char line[256], name[16] = "";
    long long count = 0, bytes = 0, batch = 1;
    if (fgets(line, sizeof line, stdin) == NULL) exit(0);
    sscanf(line, "%15s %lld %lld %lld", name, &count, &bytes, &batch);
    if (strcmp(name, "send") == 0) send_broadcasts(count, (size_t) bytes, batch);
    else exit(0);
}

int main(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    setvbuf(stdin, NULL, _IONBF, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(listener, (struct sockaddr *) &address, sizeof address) != 0 || listen(listener, 4096) != 0) die("listen");
    getsockname(listener, (struct sockaddr *) &address, &size);
    epoll_fd = epoll_create1(0);
    struct epoll_event accepting = {.events = EPOLLIN, .data.fd = listener};
    struct epoll_event commands = {.events = EPOLLIN, .data.fd = STDIN_FILENO};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listener, &accepting);
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &commands);
    printf("{\"event\":\"listening\",\"port\":%d}\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(epoll_fd, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == listener) on_accept();
            else if (events[i].data.fd == STDIN_FILENO) on_stdin();
            else on_client(events[i].data.fd);
        }
    }
}
