/*
 * A back end that calls the gateway: prepared HTTP requests over kept connections, one thread.
 *
 *   calls --port P --connections N --requests FILE [--host 127.0.0.1]
 *
 * FILE holds requests, each after a line with its length. They are shared out among the connections, which use theirs in
 * turn, so that a request never overtakes itself; if there are fewer requests than connections, connections share them.
 * Where a request has "~t" and 19 digits, these become the time at which it was due (ns of CLOCK_MONOTONIC); after "~s"
 * or "~g" ten digits become the number of its use. A call that was not accepted gives its number to the next one.
 * Commands on stdin, each answered by one line of JSON:
 *
 *   call COUNT RATE MS            COUNT calls, RATE a second; RATE 0: each connection calls again when it was answered.
 *                                 A call's time runs from when it was due
 *   stop                          no more calls: the answer to "call", which comes when all are answered
 *   quit
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, ANSWER_BYTES = 64 * 1024, TIME_DIGITS = 19, USE_DIGITS = 10 };
#define STDIN_EVENT UINT64_MAX

struct request {
    char *bytes;
    size_t length;
    char *time_at, *use_at;
    int64_t uses;
};

struct connection {
    int fd;
    int64_t due; /* of the call that is under way; 0: none */
    size_t next_request;
    struct request *request;
    char answer[ANSWER_BYTES];
    size_t length;
};

static const char *host = "127.0.0.1", *requests_file;
static int port, connection_count, epoll_fd;
static struct request *requests;
static size_t request_count;
static struct connection *connections;

static int64_t to_call, called, answered, accepted, cut, rate, begun, deadline, first, last;
static uint32_t *times;
static char refusal[512];

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void digits(char *at, int count, int64_t value) {
    for (int i = count - 1; at != NULL && i >= 0; i--, value /= 10) at[i] = (char) ('0' + value % 10);
}

static char *after(struct request *request, const char *mark) {
    char *at = memmem(request->bytes, request->length, mark, strlen(mark));
    return at == NULL ? NULL : at + strlen(mark);
}

static void read_requests(void) {
    FILE *file = fopen(requests_file, "r");
    size_t length;
    if (file == NULL) die(requests_file);
    while (fscanf(file, "%zu", &length) == 1) {
        fgetc(file);
        requests = realloc(requests, (request_count + 1) * sizeof *requests);
        struct request *request = &requests[request_count++];
        *request = (struct request) {.bytes = malloc(length), .length = length};
        if (fread(request->bytes, 1, length, file) != length) die("a request is cut short");
        request->time_at = after(request, "~t");
        request->use_at = after(request, "~s");
        if (request->use_at == NULL) request->use_at = after(request, "~g");
    }
    fclose(file);
}

static void dial(struct connection *connection) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int on = 1;
    inet_pton(AF_INET, host, &address.sin_addr);
    connection->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection->fd, (struct sockaddr *) &address, sizeof address) != 0) die("connect");
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = (uint64_t) (connection - connections)};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, connection->fd, &event);
}

static void call(struct connection *connection, int64_t due) {
    struct request *request = &requests[connection->next_request % request_count];
    size_t first = (size_t) (connection - connections);
    connection->next_request += (size_t) connection_count;
    if (connection->next_request >= request_count) connection->next_request = first;
    digits(request->time_at, TIME_DIGITS, due);
    digits(request->use_at, USE_DIGITS, ++request->uses);
    connection->due = due;
    connection->request = request;
    called++;
    for (size_t sent = 0; sent < request->length;) {
        ssize_t part = send(connection->fd, request->bytes + sent, request->length - sent, MSG_NOSIGNAL);
        if (part < 0) return; /* the end of the connection is about to be read */
        sent += (size_t) part;
    }
}

/* Calls that are due, over the connections that are free. */
static void call_due(int64_t time) {
    static int next;
    for (int i = 0; i < connection_count && called < to_call; i++) {
        int64_t due = rate == 0 ? time : begun + called * 1000000000LL / rate;
        if (due > time) return;
        struct connection *connection = &connections[next];
        next = (next + 1) % connection_count;
        if (connection->due == 0) call(connection, due);
    }
}

static int by_size(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *) a, right = *(const uint32_t *) b;
    return left < right ? -1 : left > right;
}

static double quantile(double share) {
    if (answered == 0) return 0;
    int64_t index = (int64_t) (share * (double) answered);
    return times[index < answered ? index : answered - 1] / 10.0;
}

static void report(void) {
    qsort(times, (size_t) answered, sizeof *times, by_size);
    printf("{\"event\":\"called\",\"complete\":%s,\"accepted\":%lld,\"refused\":%lld,\"cut\":%lld,\"firstNs\":%lld,\"lastNs\":%lld,"
           "\"times\":{\"count\":%lld,\"p50Micros\":%.1f,\"p99Micros\":%.1f,\"p999Micros\":%.1f,\"maxMicros\":%.1f},"
           "\"refusal\":\"%s\"}\n",
            answered == to_call ? "true" : "false", (long long) accepted, (long long) (answered - accepted - cut),
            (long long) cut,
            (long long) first, (long long) last, (long long) answered, quantile(0.5), quantile(0.99), quantile(0.999),
            quantile(1), refusal);
    fflush(stdout);
    to_call = 0;
}

/* Whether the answer is whole; HTTP/1.1 with a Content-Length. */
static int is_whole(struct connection *connection) {
    connection->answer[connection->length] = 0;
    char *end = strstr(connection->answer, "\r\n\r\n");
    if (end == NULL) return 0;
    char *length = strcasestr(connection->answer, "content-length:");
    size_t body = length != NULL && length < end ? (size_t) atol(length + 15) : 0;
    return connection->length >= (size_t) (end + 4 - connection->answer) + body;
}

/* Whether the gateway wants no more calls over this connection. */
static int is_last(struct connection *connection) {
    char *end = strstr(connection->answer, "\r\n\r\n"), *close = strcasestr(connection->answer, "\nconnection: close");
    return close != NULL && close < end;
}

static void dial_again(struct connection *connection) {
    close(connection->fd);
    connection->length = 0;
    dial(connection);
}

static void end_call(struct connection *connection, int is_accepted, int64_t time) {
    if (is_accepted) accepted++;
    else connection->request->uses--;
    times[answered++] = (uint32_t) ((time - connection->due) / 100);
    last = time;
    connection->length = 0;
    connection->due = 0;
}

static void on_answer(struct connection *connection) {
    ssize_t part = read(connection->fd, connection->answer + connection->length, ANSWER_BYTES - 1 - connection->length);
    int64_t time = now();
    if (part <= 0) {
        if (connection->due != 0) {
            /* In the middle of a call, of which nobody knows what became. */
            cut++;
            end_call(connection, 0, time);
        }
        dial_again(connection);
    } else {
        connection->length += (size_t) part;
        if (!is_whole(connection)) return;
        int is_accepted = strncmp(connection->answer + 9, "200", 3) == 0, leaving = is_last(connection);
        if (!is_accepted && refusal[0] == 0) {
            char *body = strstr(connection->answer, "\r\n\r\n") + 4;
            size_t length = (size_t) snprintf(refusal, sizeof refusal, "HTTP %.3s ", connection->answer + 9);
            for (; *body != 0 && length + 1 < sizeof refusal; body++)
                if (*body != '"' && *body != '\\' && *body >= ' ') refusal[length++] = *body;
        }
        end_call(connection, is_accepted, time);
        if (leaving) dial_again(connection);
    }
    if (to_call == 0) return;
    if (rate == 0 && called < to_call && connection->due == 0) call(connection, time);
    if (answered == to_call) report();
}

static void on_stdin(void) {
    char line[256], name[16] = "";
    long long count = 0, per_second = 0, patience = 0;
    if (fgets(line, sizeof line, stdin) == NULL) exit(0);
    sscanf(line, "%15s %lld %lld %lld", name, &count, &per_second, &patience);
    if (strcmp(name, "stop") == 0) {
        to_call = called;
        if (answered == to_call) report();
        return;
    }
    if (strcmp(name, "call") != 0) exit(0);
    to_call = count;
    rate = per_second;
    called = answered = accepted = cut = 0;
    refusal[0] = 0;
    times = realloc(times, (size_t) count * sizeof *times);
    begun = first = now();
    deadline = begun + patience * 1000000LL;
}

int main(int count, char **arguments) {
    for (int i = 1; i + 1 < count; i += 2) {
        if (strcmp(arguments[i], "--host") == 0) host = arguments[i + 1];
        else if (strcmp(arguments[i], "--port") == 0) port = atoi(arguments[i + 1]);
        else if (strcmp(arguments[i], "--connections") == 0) connection_count = atoi(arguments[i + 1]);
        else if (strcmp(arguments[i], "--requests") == 0) requests_file = arguments[i + 1];
    }
    if (port == 0 || connection_count == 0 || requests_file == NULL) {
        fprintf(stderr, "usage: calls --port P --connections N --requests FILE [--host A]\n");
        exit(2);
    }
    read_requests();
    setvbuf(stdin, NULL, _IONBF, 0);
    epoll_fd = epoll_create1(0);
    struct epoll_event commands = {.events = EPOLLIN, .data.u64 = STDIN_EVENT};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &commands);
    connections = calloc((size_t) connection_count, sizeof *connections);
    for (int i = 0; i < connection_count; i++) {
        connections[i].next_request = (size_t) i;
        dial(&connections[i]);
    }
    printf("{\"event\":\"ready\",\"requests\":%zu}\n", request_count);
    fflush(stdout);
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(epoll_fd, events, EVENTS, to_call == 0 ? -1 : 1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.u64 == STDIN_EVENT) on_stdin();
            else on_answer(&connections[events[i].data.u64]);
        }
        if (to_call > 0) {
            int64_t time = now();
            call_due(time);
            if (time > deadline) report();
        }
    }
}
