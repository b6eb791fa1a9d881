/*
 * N devices of one app on one thread: stock Centrifuge JSON clients over WebSocket, cheap enough not to be what is
 * measured. Each device knows the last broadcast that it has seen, so every miss and every repetition is counted.
 *
 *   load --port P --tokens FILE [--host 127.0.0.1] [--spin-us 0] [--rcvbuf 0]
 *
 * FILE has a token a line; device i takes line i, and begins again behind the last. Commands come on stdin, one a line,
 * and each is answered by one line of JSON on stdout when it is done. Times are ns of CLOCK_MONOTONIC, which is what
 * System.nanoTime() shows in a JVM on the same machine.
 *
 *   open N                        N devices more, connected
 *   broadcast FROM COUNT MS       waits until every device that reads has these broadcasts (offsets FROM...)
 *   mark                          forgets the personal messages and latencies so far; from now on latencies are taken
 *   personal COUNT MS             waits until COUNT personal messages have come since the mark
 *   timed COUNT MS                waits until the latencies of COUNT broadcasts, over all devices, are there
 *   latency                       from the "~t<ns>~" in a content to its arrival, since the mark
 *   drop                          every connection ends, without a word
 *   reconnect OFFSET MS           all come back as the SDK does, with their positions; waits until they are caught up
 *   stall N                       the first N devices stop reading
 *   resume OFFSET MS              they read again; waits until every device is caught up
 *   number                        looks at the numbers of broadcasts from now on
 *   whole BROADCAST COUNT MS      waits until every device is connected and has the broadcasts with numbers up to BROADCAST,
 *                                 and COUNT different numbered personal messages have come
 *   numbers                       what is known by the numbers in contents, and how long sessions were interrupted
 *   stats
 *   quit
 *
 * A content may have "~s<n>~" too: the n-th personal message to this device, or the n-th broadcast, from 1; and "~g<n>~": the
 * n-th message to its group. Of messages to groups a device that is not connected gets none: those that were due while it
 * was away are counted as such.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 512, OPENING_AT_ONCE = 128, RING = 1 << 17, READ_BYTES = 256 * 1024, CLOSE_CODES = 16 };

/* The SDK's back-off, ms. */
enum { BACKOFF_MIN = 500, BACKOFF_MAX = 20000 };

/* A close code from here on is final, up to 3999. */
enum { FIRST_FINAL_CODE = 3500, LAST_FINAL_CODE = 3999 };

/* What was due so shortly before a session ended, or after it began, may have found no session: while a process is
 * replaced, a message can be on its way for as long as its partition moves. */
#define CLOSING_NS 2000000000LL
#define OPENING_NS 500000000LL

#define STDIN_EVENT UINT64_MAX
#define TICK_NS 2000000LL
#define MAX_SAMPLES (16u << 20)

enum state { NEW, CONNECTING, UPGRADING, JOINING, LIVE, WAITING, GONE };

/* Which of numbered messages have come: the highest, and which of it and the 63 before it (bit 0: the highest). */
struct numbers {
    int64_t last;
    uint64_t seen;
};

struct device {
    int fd;
    enum state state;
    int stalled;
    int attempt;            /* failed attempts to connect since it was live */
    int64_t retry_at;
    int64_t began_at;       /* this attempt to connect */
    int64_t caught_up_at;
    int positioned;         /* was live before, so it knows a position */
    int64_t offset;         /* the last broadcast */
    struct numbers broadcasts, personal, group;
    int64_t group_due;      /* of the last message to its group */
    int64_t away_from;      /* the end of the first session that ended since; 0: none has */
    int64_t lost_at;        /* when the last session ended, and when this one began */
    int64_t live_at;
    char channel[32];       /* its own, its epoch and the position there, if the server keeps one */
    char epoch[64];
    int64_t own_offset;
    /* the frame that is being read */
    uint8_t header[10];
    int header_length;
    uint64_t payload_left;
    /* the line that is being read, if it came in pieces */
    char *line;
    size_t line_length, line_capacity;
};

/* What is known of one broadcast. */
struct broadcast {
    int64_t offset;
    int64_t first, last;
    int received;
};

struct samples {
    uint32_t *micros_x10;
    size_t length, capacity;
};

static struct {
    const char *host, *tokens_file;
    int port, rcvbuf;
    int64_t spin_ns;
} options = {.host = "127.0.0.1"};

static char **tokens;
static size_t token_count;
static struct device *devices;
static int device_count, live_count, stalled_count, opening_count, waiting_count, next_to_open;
static char stream_epoch[64];
static struct broadcast ring[RING];
static int epoll_fd;
static char buffer[READ_BYTES];
static int64_t spin_until;
static int timing, numbering;

static int64_t missed, repeated, unrecovered, pings, personal_count;
static int64_t personal_first, personal_last, closed_count, refused_count, failed_attempts, protocol_errors, busy_ns;
static int64_t messages, bytes_read;
static struct { int code; int64_t count; } close_codes[CLOSE_CODES];
static struct samples personal_latency, broadcast_latency, interruptions;

/* Of all devices, by the numbers in contents. Missed: not come yet though a later one has. Late: it came after all. */
struct tally { int64_t received, missed, repeated, late, away; };
static struct tally broadcast_tally, personal_tally, group_tally;

/* The command that is being waited for. */
static enum { NOTHING, OPENING, BROADCASTS, PERSONAL, TIMED, CATCHING_UP, WHOLE } waiting_for;
static int64_t wait_began, wait_deadline, wait_from, wait_count, wait_next;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void report(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

/* ---- JSON, as far as it is needed: no escapes in keys, well-formed texts ---- */

static const char *skip_space(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\t' || *at == ',' || *at == ':')) at++;
    return at;
}

static const char *skip_string(const char *at, const char *end) {
    for (at++; at < end && *at != '"'; at++)
        if (*at == '\\') at++;
    return at + 1;
}

static const char *skip_value(const char *at, const char *end) {
    int depth = 0;
    do {
        if (at >= end) return end;
        if (*at == '"') { at = skip_string(at, end); continue; }
        if (*at == '{' || *at == '[') depth++;
        else if (*at == '}' || *at == ']') { if (--depth <= 0) return depth < 0 ? at : at + 1; }
        else if (*at == ',' && depth == 0) return at;
        at++;
    } while (depth > 0 || (at < end && *at != ',' && *at != '}' && *at != ']'));
    return at;
}

/* Where the value of a member begins; NULL if there is none. */
static const char *member(const char *object, const char *end, const char *key) {
    size_t length = strlen(key);
    if (object == NULL || object >= end || *object != '{') return NULL;
    const char *at = skip_space(object + 1, end);
    while (at < end && *at == '"') {
        const char *after = skip_string(at, end);
        int found = (size_t) (after - at) == length + 2 && memcmp(at + 1, key, length) == 0;
        at = skip_space(after, end);
        if (found) return at;
        at = skip_space(skip_value(at, end), end);
    }
    return NULL;
}

static int64_t number(const char *at, const char *end) {
    int64_t value = 0;
    while (at != NULL && at < end && *at >= '0' && *at <= '9') value = value * 10 + (*at++ - '0');
    return value;
}

static void text(const char *at, const char *end, char *into, size_t size) {
    size_t length = 0;
    if (at != NULL && at < end && *at == '"')
        for (at++; at < end && *at != '"' && length + 1 < size; at++) into[length++] = *at;
    into[length] = 0;
}

static int is_true(const char *at, const char *end) {
    return at != NULL && end - at >= 4 && memcmp(at, "true", 4) == 0;
}

/* ---- connections ---- */

static void watch(struct device *device, uint32_t events, int operation) {
    struct epoll_event event = {.events = events, .data.u64 = (uint64_t) (device - devices)};
    if (epoll_ctl(epoll_fd, operation, device->fd, &event) != 0) die("epoll_ctl");
}

static void come_back_later(struct device *device) {
    int step = device->attempt < 16 ? device->attempt : 16;
    int64_t most = (int64_t) BACKOFF_MIN << step;
    if (most > BACKOFF_MAX) most = BACKOFF_MAX;
    int64_t delay = BACKOFF_MIN + random() % (most + 1);
    if (delay > BACKOFF_MAX) delay = BACKOFF_MAX;
    device->attempt++;
    device->state = WAITING;
    device->retry_at = now() + delay * 1000000LL;
    waiting_count++;
}

/* Ends the connection at once, so that no port waits for stragglers. */
static void shut(struct device *device) {
    struct linger linger = {.l_onoff = 1};
    setsockopt(device->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(device->fd);
    device->fd = -1;
    if (device->state == LIVE) {
        live_count--;
        if (device->stalled) stalled_count--;
        device->stalled = 0;
        device->attempt = 0;
    } else {
        opening_count--;
        failed_attempts++;
    }
    device->header_length = 0;
    device->payload_left = 0;
    free(device->line);
    device->line = NULL;
    device->line_length = device->line_capacity = 0;
}

static void count_close_code(int code) {
    for (int i = 0; i < CLOSE_CODES; i++) {
        if (close_codes[i].count == 0) close_codes[i].code = code;
        if (close_codes[i].code == code) {
            close_codes[i].count++;
            return;
        }
    }
}

/* The server, or the network, ended it. */
static void on_closed(struct device *device, int code) {
    if (device->state == LIVE) {
        closed_count++;
        device->lost_at = now();
        if (device->away_from == 0) device->away_from = device->lost_at;
    }
    count_close_code(code);
    shut(device);
    if (code >= FIRST_FINAL_CODE && code <= LAST_FINAL_CODE) {
        device->state = GONE;
        refused_count++;
    } else {
        come_back_later(device);
    }
}

static void dial(struct device *device) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(options.port)};
    inet_pton(AF_INET, options.host, &address.sin_addr);
    device->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (device->fd < 0) die("socket");
    int on = 1;
    setsockopt(device->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (options.rcvbuf > 0) setsockopt(device->fd, SOL_SOCKET, SO_RCVBUF, &options.rcvbuf, sizeof options.rcvbuf);
    device->state = CONNECTING;
    device->began_at = now();
    opening_count++;
    if (connect(device->fd, (struct sockaddr *) &address, sizeof address) != 0 && errno != EINPROGRESS) {
        on_closed(device, 0);
        return;
    }
    watch(device, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

/* Clients' frames are masked; a mask of zeros leaves the payload as it is. */
static int send_frame(struct device *device, int opcode, const char *payload, size_t length) {
    char frame[8192];
    size_t header = 0;
    if (length + 8 > sizeof frame) return -1;
    frame[header++] = (char) (0x80 | opcode);
    if (length <= 125) {
        frame[header++] = (char) (0x80 | length);
    } else {
        frame[header++] = (char) (0x80 | 126);
        frame[header++] = (char) (length >> 8);
        frame[header++] = (char) length;
    }
    memset(frame + header, 0, 4);
    header += 4;
    memcpy(frame + header, payload, length);
    return write(device->fd, frame, header + length) == (ssize_t) (header + length) ? 0 : -1;
}

/* A pong to a server that has ended the connection meanwhile is no error: the next read tells of the end. */
static void answer_ping(struct device *device, int opcode, const char *payload, size_t length) {
    if (send_frame(device, opcode, payload, length) != 0 && errno != EPIPE && errno != ECONNRESET) protocol_errors++;
}

static int send_upgrade(struct device *device) {
    char request[512];
    int length = snprintf(request, sizeof request,
            "GET /connection/websocket HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
            options.host, options.port);
    return write(device->fd, request, (size_t) length) == length ? 0 : -1;
}

static int send_connect(struct device *device) {
    char command[4096], own[256] = "", subs[512] = "";
    size_t index = (size_t) (device - devices);
    if (device->epoch[0] != 0) {
        snprintf(own, sizeof own, ",\"%s\":{\"recover\":true,\"epoch\":\"%s\",\"offset\":%lld}",
                device->channel, device->epoch, (long long) device->own_offset);
    }
    if (device->positioned) {
        snprintf(subs, sizeof subs, ",\"subs\":{\"broadcast\":{\"recover\":true,\"epoch\":\"%s\",\"offset\":%lld}%s}",
                stream_epoch, (long long) device->offset, own);
    }
    int length = snprintf(command, sizeof command,
            "{\"id\":1,\"connect\":{\"token\":\"%s\",\"data\":{\"deviceId\":\"device-%zu\"},\"name\":\"load\"%s}}",
            tokens[index % token_count], index, subs);
    return send_frame(device, 1, command, (size_t) length);
}

/* ---- what arrives ---- */

static void sample(struct samples *samples, int64_t ns) {
    if (samples->length == samples->capacity) {
        if (samples->capacity == MAX_SAMPLES) return;
        samples->capacity = samples->capacity == 0 ? 65536 : samples->capacity * 2;
        samples->micros_x10 = realloc(samples->micros_x10, samples->capacity * sizeof *samples->micros_x10);
        if (samples->micros_x10 == NULL) die("realloc");
    }
    samples->micros_x10[samples->length++] = (uint32_t) (ns < 0 ? 0 : ns / 100);
}

static void sample_latency(struct samples *samples, const char *line, size_t length, int64_t time) {
    if (!timing) return;
    const char *mark = memmem(line, length, "~t", 2);
    if (mark != NULL) sample(samples, time - number(mark + 2, line + length));
}

/* Returns how many numbers are left out before this one. */
static int64_t take(struct numbers *numbers, struct tally *tally, int64_t n) {
    int64_t behind = numbers->last - n;
    if (behind < 0) {
        int64_t ahead = -behind;
        numbers->seen = (ahead < 64 ? numbers->seen << ahead : 0) | 1;
        numbers->last = n;
        tally->received++;
        tally->missed += ahead - 1;
        return ahead - 1;
    }
    if (behind < 64 && (numbers->seen >> behind & 1) == 0) {
        numbers->seen |= (uint64_t) 1 << behind;
        tally->received++;
        tally->missed--;
        tally->late++;
    } else {
        tally->repeated++;
    }
    return 0;
}

/* The number after such a mark; 0 if there is none. */
static int64_t numbered(const char *mark, const char *at, const char *end) {
    const char *found = at == NULL || at >= end ? NULL : memmem(at, (size_t) (end - at), mark, 2);
    return found == NULL ? 0 : number(found + 2, end);
}

/* at: the publication, or the line that it is in */
static void on_broadcast(struct device *device, int64_t offset, const char *at, const char *end, int64_t time) {
    int64_t n = numbering ? numbered("~s", at, end) : 0;
    if (n > 0) take(&device->broadcasts, &broadcast_tally, n);
    if (offset <= device->offset) {
        repeated++;
        return;
    }
    /* A device that has no position yet begins wherever the window begins. */
    if (device->offset != 0) missed += offset - device->offset - 1;
    device->offset = offset;
    struct broadcast *broadcast = &ring[offset % RING];
    if (broadcast->offset != offset) *broadcast = (struct broadcast) {.offset = offset, .first = time};
    broadcast->last = time;
    broadcast->received++;
}

/* A device that is not connected gets no message to its group: of those left out, which were due while it was away? */
static void excuse(struct device *device, int64_t left_out, int64_t due) {
    int64_t each = (due - device->group_due) / (left_out + 1);
    for (int64_t i = 1; i <= left_out; i++) {
        int64_t was_due = device->group_due + i * each;
        if (was_due < device->away_from - CLOSING_NS || was_due > device->live_at + OPENING_NS) continue;
        group_tally.missed--;
        group_tally.away++;
    }
}

static void on_group(struct device *device, int64_t n, int64_t due) {
    int64_t last = device->group.last, left_out = take(&device->group, &group_tally, n);
    if (left_out > 0 && device->away_from != 0) excuse(device, left_out, due);
    if (n > last) {
        device->group_due = due;
        device->away_from = 0;
    }
}

/* One publication in the device's own channel. */
static void on_personal(struct device *device, const char *pub, const char *end, int64_t time) {
    if (personal_count++ == 0) personal_first = time;
    personal_last = time;
    const char *offset = member(pub, end, "offset");
    if (offset != NULL) device->own_offset = number(offset, end);
    if (pub == NULL) return;
    sample_latency(&personal_latency, pub, (size_t) (end - pub), time);
    int64_t n = numbered("~s", pub, end), of_group = numbered("~g", pub, end);
    if (n > 0) take(&device->personal, &personal_tally, n);
    if (of_group > 0) on_group(device, of_group, numbered("~t", pub, end));
}

/* Its own channel's epoch, and the position of the last message that it has. */
static void on_own_position(struct device *device, const char *position, const char *end) {
    text(member(position, end, "epoch"), end, device->epoch, sizeof device->epoch);
    device->own_offset = number(member(position, end, "offset"), end);
}

/* Where the value of the channel begins whose name begins with #. */
static const char *own_channel(struct device *device, const char *subs, const char *end) {
    const char *at = subs == NULL ? NULL : memmem(subs, (size_t) (end - subs), "\"#", 2);
    if (at == NULL) return NULL;
    text(at, end, device->channel, sizeof device->channel);
    return skip_space(skip_string(at, end), end);
}

/* What its own channel had for it meanwhile. */
static void on_own_channel(struct device *device, const char *subs, const char *end, int64_t time) {
    int knew = device->epoch[0] != 0;
    const char *own = own_channel(device, subs, end);
    const char *at = member(own, end, "publications");
    if (member(own, end, "epoch") == NULL) return;
    if (knew && !is_true(member(own, end, "recovered"), end)) unrecovered++;
    if (at != NULL && at < end && *at == '[') {
        at = skip_space(at + 1, end);
        while (at < end && *at == '{') {
            const char *after = skip_value(at, end);
            on_personal(device, at, after, time);
            at = skip_space(after, end);
        }
    }
    on_own_position(device, own, end);
}

static void on_connected(struct device *device, const char *connect, const char *end, int64_t time) {
    const char *subs = member(connect, end, "subs");
    const char *broadcast = member(subs, end, "broadcast");
    if (broadcast == NULL) {
        protocol_errors++;
        return;
    }
    text(member(broadcast, end, "epoch"), end, stream_epoch, sizeof stream_epoch);
    int64_t offset = number(member(broadcast, end, "offset"), end);
    int recovered = is_true(member(broadcast, end, "recovered"), end);
    if (device->positioned && !recovered) unrecovered++;
    const char *at = member(broadcast, end, "publications");
    if (at != NULL && at < end && *at == '[') {
        at = skip_space(at + 1, end);
        while (at < end && *at == '{') {
            const char *after = skip_value(at, end);
            on_broadcast(device, number(member(at, end, "offset"), end), at, after, time);
            at = skip_space(after, end);
        }
    }
    if (offset < device->offset) repeated++;
    if (device->positioned && recovered && offset > device->offset) missed += offset - device->offset;
    device->offset = offset;
    on_own_channel(device, subs, end, time);
    if (device->lost_at != 0) sample(&interruptions, time - device->lost_at);
    device->live_at = time;
    device->positioned = 1;
    device->state = LIVE;
    device->attempt = 0;
    opening_count--;
    live_count++;
}

static void on_line(struct device *device, const char *line, size_t length, int64_t time) {
    static const char broadcast[] = "{\"push\":{\"channel\":\"broadcast\",\"pub\":{\"offset\":";
    static const char personal[] = "{\"push\":{\"channel\":\"#";
    const char *end = line + length;
    if (length > sizeof broadcast && memcmp(line, broadcast, sizeof broadcast - 1) == 0) {
        messages++;
        on_broadcast(device, number(line + sizeof broadcast - 1, end), line, end, time);
        sample_latency(&broadcast_latency, line, length < 1024 ? length : 1024, time);
    } else if (length == 2 && memcmp(line, "{}", 2) == 0) {
        pings++;
        answer_ping(device, 1, "{}", 2);
    } else if (length > sizeof personal && memcmp(line, personal, sizeof personal - 1) == 0) {
        const char *push = member(line, end, "push"), *subscribe = member(push, end, "subscribe");
        if (subscribe != NULL) {
            own_channel(device, push, end);
            on_own_position(device, subscribe, end);
            return;
        }
        messages++;
        on_personal(device, member(push, end, "pub"), end, time);
    } else {
        const char *connect = member(line, end, "connect");
        const char *push = member(line, end, "push");
        const char *pub = member(push, end, "pub");
        if (connect != NULL && device->state == JOINING) on_connected(device, connect, end, time);
        else if (pub != NULL) on_broadcast(device, number(member(pub, end, "offset"), end), pub, end, time);
        else if (push == NULL) protocol_errors++;
    }
}

static void keep(struct device *device, const char *piece, size_t length) {
    if (device->line_length + length > device->line_capacity) {
        device->line_capacity = (device->line_length + length) * 2;
        device->line = realloc(device->line, device->line_capacity);
        if (device->line == NULL) die("realloc");
    }
    memcpy(device->line + device->line_length, piece, length);
    device->line_length += length;
}

static void end_line(struct device *device, const char *piece, size_t length, int64_t time) {
    if (device->line_length == 0) {
        if (length > 0) on_line(device, piece, length, time);
        return;
    }
    keep(device, piece, length);
    char *line = device->line;
    size_t whole = device->line_length;
    device->line = NULL;
    device->line_length = device->line_capacity = 0;
    on_line(device, line, whole, time);
    free(line);
}

static void on_text(struct device *device, const char *piece, size_t length, int is_end, int64_t time) {
    const char *newline;
    while ((newline = memchr(piece, '\n', length)) != NULL) {
        end_line(device, piece, (size_t) (newline - piece), time);
        length -= (size_t) (newline - piece) + 1;
        piece = newline + 1;
    }
    if (is_end) end_line(device, piece, length, time);
    else if (length > 0) keep(device, piece, length);
}

/* How long the header is that begins like this; servers do not mask. */
static int header_size(const struct device *device) {
    if (device->header_length < 2) return 2;
    int length = device->header[1] & 0x7f;
    return length == 126 ? 4 : length == 127 ? 10 : 2;
}

static uint64_t payload_size(const struct device *device) {
    uint64_t length = device->header[1] & 0x7f;
    if (length < 126) return length;
    int bytes = length == 126 ? 2 : 8;
    length = 0;
    for (int i = 0; i < bytes; i++) length = length << 8 | device->header[2 + i];
    return length;
}

/* Bytes of frames; returns the close code of a close frame, or -1. */
static int on_frames(struct device *device, const char *at, size_t length, int64_t time) {
    while (length > 0) {
        if (device->header_length < header_size(device)) {
            device->header[device->header_length++] = (uint8_t) *at++;
            length--;
            if (device->header_length < header_size(device)) continue;
            device->payload_left = payload_size(device);
        }
        int opcode = device->header[0] & 0x0f, final = device->header[0] & 0x80;
        size_t part = length < device->payload_left ? length : (size_t) device->payload_left;
        int is_end = part == device->payload_left;
        if (opcode <= 1) on_text(device, at, part, is_end && final, time);
        else if (opcode == 8) return part >= 2 ? (uint8_t) at[0] << 8 | (uint8_t) at[1] : 0;
        else if (opcode == 9 && is_end) answer_ping(device, 10, at, part);
        at += part;
        length -= part;
        device->payload_left -= part;
        if (is_end) device->header_length = 0;
    }
    return -1;
}

/* The answer to the upgrade; returns how many bytes belong to it, or -1 if it is no upgrade. */
static ssize_t on_upgrade(struct device *device, const char *at, size_t length) {
    size_t before = device->line_length;
    keep(device, at, length);
    char *end = memmem(device->line, device->line_length, "\r\n\r\n", 4);
    if (end == NULL) return (ssize_t) length;
    size_t head = (size_t) (end + 4 - device->line);
    int switched = device->line_length > 12 && memcmp(device->line + 9, "101", 3) == 0;
    free(device->line);
    device->line = NULL;
    device->line_length = device->line_capacity = 0;
    if (!switched || send_connect(device) != 0) return -1;
    device->state = JOINING;
    return (ssize_t) (head - before);
}

static void on_readable(struct device *device) {
    ssize_t length = read(device->fd, buffer, sizeof buffer);
    int64_t time = now();
    if (length <= 0) {
        if (length == 0 || errno != EAGAIN) on_closed(device, 0);
        return;
    }
    bytes_read += length;
    const char *at = buffer;
    if (device->state == UPGRADING) {
        ssize_t head = on_upgrade(device, at, (size_t) length);
        if (head < 0) {
            on_closed(device, 0);
            return;
        }
        at += head;
        length -= head;
    }
    if (device->state != UPGRADING) {
        int code = on_frames(device, at, (size_t) length, time);
        if (code >= 0) on_closed(device, code);
    }
}

static void on_event(struct device *device, uint32_t events) {
    if (device->fd < 0) return;
    if (device->state == CONNECTING) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(device->fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0 || send_upgrade(device) != 0) {
            on_closed(device, 0);
            return;
        }
        device->state = UPGRADING;
        watch(device, EPOLLIN, EPOLL_CTL_MOD);
    } else if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        on_readable(device);
    }
}

/* ---- waiting ---- */

static int by_size(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *) a, right = *(const uint32_t *) b;
    return left < right ? -1 : left > right;
}

static double quantile(const struct samples *samples, double share) {
    if (samples->length == 0) return 0;
    size_t index = (size_t) (share * (double) samples->length);
    return samples->micros_x10[index < samples->length ? index : samples->length - 1] / 10.0;
}

static void print_quantiles(const char *name, struct samples *samples, const char *after) {
    if (samples->length > 0) qsort(samples->micros_x10, samples->length, sizeof *samples->micros_x10, by_size);
    printf("\"%s\":{\"count\":%zu,\"p50Micros\":%.1f,\"p99Micros\":%.1f,\"p999Micros\":%.1f,\"maxMicros\":%.1f}%s",
            name, samples->length, quantile(samples, 0.5), quantile(samples, 0.99), quantile(samples, 0.999),
            quantile(samples, 1), after);
}

static void wait_for(int what, int64_t patience_ms) {
    waiting_for = what;
    wait_began = now();
    wait_deadline = wait_began + patience_ms * 1000000LL;
}

static int caught_up(void) {
    int all = 1;
    for (int i = 0; i < device_count; i++) {
        struct device *device = &devices[i];
        int is = device->state == LIVE && !device->stalled && device->offset >= wait_from;
        if (is && device->caught_up_at == 0) device->caught_up_at = now();
        all &= is;
    }
    return all;
}

/* What is numbered has arrived everywhere. */
static int is_whole(void) {
    if (live_count < device_count || personal_tally.received < wait_count) return 0;
    for (int i = 0; i < device_count; i++)
        if (devices[i].broadcasts.last < wait_from) return 0;
    return 1;
}

static void report_caught_up(int complete) {
    struct samples whole = {0}, attempt = {0};
    int64_t last = wait_began;
    for (int i = 0; i < device_count; i++) {
        if (devices[i].caught_up_at == 0) continue;
        sample(&whole, devices[i].caught_up_at - wait_began);
        sample(&attempt, devices[i].caught_up_at - devices[i].began_at);
        if (devices[i].caught_up_at > last) last = devices[i].caught_up_at;
    }
    printf("{\"event\":\"caughtUp\",\"complete\":%s,\"sessions\":%d,\"ns\":%lld,",
            complete ? "true" : "false", live_count, (long long) (last - wait_began));
    print_quantiles("sinceDrop", &whole, ",");
    print_quantiles("sinceDial", &attempt, "}\n");
    fflush(stdout);
    free(whole.micros_x10);
    free(attempt.micros_x10);
}

static void report_broadcasts(int complete) {
    int64_t first = INT64_MAX, last = 0, received = 0;
    for (int64_t offset = wait_from; offset < wait_from + wait_count; offset++) {
        const struct broadcast *broadcast = &ring[offset % RING];
        if (broadcast->offset != offset) continue;
        if (broadcast->first < first) first = broadcast->first;
        if (broadcast->last > last) last = broadcast->last;
        received += broadcast->received;
    }
    report("{\"event\":\"broadcast\",\"complete\":%s,\"sessions\":%d,\"received\":%lld,\"firstNs\":%lld,\"lastNs\":%lld}",
            complete ? "true" : "false", live_count - stalled_count, (long long) received,
            (long long) (received == 0 ? 0 : first), (long long) last);
}

/* Looks whether the command that is waited for is done, or its time over. */
static void check_wait(void) {
    int done = 0;
    switch (waiting_for) {
        case NOTHING: return;
        case OPENING: done = live_count == device_count || refused_count > 0; break;
        case BROADCASTS:
            while (wait_next < wait_from + wait_count && ring[wait_next % RING].offset == wait_next
                    && ring[wait_next % RING].received >= live_count - stalled_count) wait_next++;
            done = wait_next == wait_from + wait_count;
            break;
        case PERSONAL: done = personal_count >= wait_count; break;
        case TIMED: done = (int64_t) broadcast_latency.length >= wait_count; break;
        case CATCHING_UP: done = caught_up(); break;
        case WHOLE: done = is_whole(); break;
    }
    if (!done && now() < wait_deadline) return;
    spin_until = 0; /* the core is the next one's */
    switch (waiting_for) {
        case OPENING:
            report("{\"event\":\"opened\",\"complete\":%s,\"sessions\":%d,\"ns\":%lld}",
                    live_count == device_count ? "true" : "false", live_count, (long long) (now() - wait_began));
            break;
        case BROADCASTS: report_broadcasts(done); break;
        case PERSONAL:
            report("{\"event\":\"personal\",\"complete\":%s,\"received\":%lld,\"firstNs\":%lld,\"lastNs\":%lld}",
                    done ? "true" : "false", (long long) personal_count, (long long) personal_first,
                    (long long) personal_last);
            break;
        case TIMED:
            report("{\"event\":\"timed\",\"complete\":%s,\"received\":%zu}",
                    done ? "true" : "false", broadcast_latency.length);
            break;
        case CATCHING_UP: report_caught_up(done); break;
        case WHOLE: report("{\"event\":\"whole\",\"complete\":%s}", done ? "true" : "false"); break;
        case NOTHING: break;
    }
    waiting_for = NOTHING;
}

/* ---- commands ---- */

static void add_devices(int more) {
    devices = realloc(devices, (size_t) (device_count + more) * sizeof *devices);
    if (devices == NULL) die("realloc");
    memset(devices + device_count, 0, (size_t) more * sizeof *devices);
    for (int i = device_count; i < device_count + more; i++) devices[i].fd = -1;
    device_count += more;
}

static void stall(int some) {
    for (int i = 0; i < device_count && stalled_count < some; i++) {
        if (devices[i].state != LIVE || devices[i].stalled) continue;
        watch(&devices[i], 0, EPOLL_CTL_DEL);
        devices[i].stalled = 1;
        stalled_count++;
    }
    report("{\"event\":\"stalled\",\"sessions\":%d}", stalled_count);
}

static void resume(void) {
    for (int i = 0; i < device_count; i++) {
        devices[i].caught_up_at = 0;
        if (!devices[i].stalled) continue;
        watch(&devices[i], EPOLLIN, EPOLL_CTL_ADD);
        devices[i].stalled = 0;
        stalled_count--;
    }
}

static void drop(void) {
    for (int i = 0; i < device_count; i++) {
        if (devices[i].state == WAITING) waiting_count--;
        if (devices[i].fd >= 0) shut(&devices[i]);
        devices[i].state = GONE;
        devices[i].attempt = 0;
    }
    report("{\"event\":\"dropped\",\"sessions\":%d}", device_count);
}

static void come_back(void) {
    for (int i = 0; i < device_count; i++) {
        devices[i].caught_up_at = 0;
        if (devices[i].state == GONE) come_back_later(&devices[i]);
    }
}

static void print_stats(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    long long cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000LL
            + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000LL;
    printf("{\"event\":\"stats\",\"sessions\":%d,\"live\":%d,\"missed\":%lld,\"repeated\":%lld,\"unrecovered\":%lld,"
            "\"sequenceMissed\":%lld,\"sequenceRepeated\":%lld,\"protocolErrors\":%lld,\"closed\":%lld,\"refused\":%lld,"
            "\"failedAttempts\":%lld,\"pings\":%lld,\"messages\":%lld,\"bytes\":%lld,\"busyNs\":%lld,\"cpuNs\":%lld,"
            "\"closeCodes\":{",
            device_count, live_count, (long long) missed, (long long) repeated, (long long) unrecovered,
            (long long) personal_tally.missed, (long long) (personal_tally.repeated + personal_tally.late),
            (long long) protocol_errors,
            (long long) closed_count, (long long) refused_count, (long long) failed_attempts, (long long) pings,
            (long long) messages, (long long) bytes_read, (long long) busy_ns, cpu);
    for (int i = 0; i < CLOSE_CODES && close_codes[i].count > 0; i++)
        printf("%s\"%d\":%lld", i == 0 ? "" : ",", close_codes[i].code, (long long) close_codes[i].count);
    printf("}}\n");
    fflush(stdout);
}

static void print_tally(const char *name, const struct tally *tally, int64_t never) {
    printf("\"%s\":{\"received\":%lld,\"missed\":%lld,\"repeated\":%lld,\"late\":%lld,\"away\":%lld},",
            name, (long long) tally->received, (long long) (tally->missed + never), (long long) tally->repeated,
            (long long) tally->late, (long long) tally->away);
}

/* Broadcasts that a device never saw because nothing came behind them are missed, too. */
static void print_numbers(void) {
    int64_t never = 0;
    for (int i = 0; i < device_count; i++)
        if (devices[i].broadcasts.last < wait_from) never += wait_from - devices[i].broadcasts.last;
    printf("{\"event\":\"numbers\",");
    print_tally("broadcasts", &broadcast_tally, never);
    print_tally("personal", &personal_tally, 0);
    print_tally("group", &group_tally, 0);
    print_quantiles("interruptions", &interruptions, "}\n");
    fflush(stdout);
}

static void on_command(const char *line) {
    char name[16] = "";
    long long a = 0, b = 0, c = 0;
    sscanf(line, "%15s %lld %lld %lld", name, &a, &b, &c);
    if (strcmp(name, "open") == 0) {
        add_devices((int) a);
        wait_for(OPENING, 120000);
    } else if (strcmp(name, "broadcast") == 0) {
        wait_from = wait_next = a;
        wait_count = b;
        wait_for(BROADCASTS, c);
    } else if (strcmp(name, "mark") == 0) {
        timing = 1;
        personal_count = personal_first = personal_last = 0;
        personal_latency.length = broadcast_latency.length = 0;
        report("{\"event\":\"marked\"}");
    } else if (strcmp(name, "personal") == 0) {
        wait_count = a;
        wait_for(PERSONAL, b);
    } else if (strcmp(name, "timed") == 0) {
        wait_count = a;
        wait_for(TIMED, b);
    } else if (strcmp(name, "latency") == 0) {
        printf("{\"event\":\"latency\",");
        print_quantiles("personal", &personal_latency, ",");
        print_quantiles("broadcast", &broadcast_latency, "}\n");
        fflush(stdout);
    } else if (strcmp(name, "drop") == 0) {
        drop();
    } else if (strcmp(name, "reconnect") == 0) {
        wait_from = a;
        come_back();
        wait_for(CATCHING_UP, b);
    } else if (strcmp(name, "stall") == 0) {
        stall((int) a);
    } else if (strcmp(name, "resume") == 0) {
        wait_from = a;
        resume();
        wait_for(CATCHING_UP, b);
    } else if (strcmp(name, "number") == 0) {
        numbering = 1;
        report("{\"event\":\"numbering\"}");
    } else if (strcmp(name, "whole") == 0) {
        wait_from = a;
        wait_count = b;
        wait_for(WHOLE, c);
    } else if (strcmp(name, "numbers") == 0) {
        print_numbers();
    } else if (strcmp(name, "stats") == 0) {
        print_stats();
    } else if (strcmp(name, "quit") == 0) {
        exit(0);
    } else {
        report("{\"event\":\"error\",\"text\":\"no such command\"}");
    }
}

static void on_stdin(void) {
    static char input[4096];
    static size_t length;
    ssize_t more = read(STDIN_FILENO, input + length, sizeof input - length);
    if (more <= 0) exit(0);
    length += (size_t) more;
    char *newline;
    while ((newline = memchr(input, '\n', length)) != NULL) {
        *newline = 0;
        on_command(input);
        length -= (size_t) (newline + 1 - input);
        memmove(input, newline + 1, length);
    }
}

static void read_tokens(void) {
    FILE *file = fopen(options.tokens_file, "r");
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    if (file == NULL) die(options.tokens_file);
    while ((length = getline(&line, &capacity, file)) > 0) {
        if (line[length - 1] == '\n') line[--length] = 0;
        if (length == 0 || length > 3000) continue;
        tokens = realloc(tokens, (token_count + 1) * sizeof *tokens);
        tokens[token_count++] = strdup(line);
    }
    free(line);
    fclose(file);
    if (token_count == 0) {
        fprintf(stderr, "no tokens in %s\n", options.tokens_file);
        exit(1);
    }
}

static void read_options(int count, char **arguments) {
    for (int i = 1; i + 1 < count; i += 2) {
        const char *name = arguments[i], *value = arguments[i + 1];
        if (strcmp(name, "--host") == 0) options.host = value;
        else if (strcmp(name, "--port") == 0) options.port = atoi(value);
        else if (strcmp(name, "--tokens") == 0) options.tokens_file = value;
        else if (strcmp(name, "--spin-us") == 0) options.spin_ns = atoll(value) * 1000;
        else if (strcmp(name, "--rcvbuf") == 0) options.rcvbuf = atoi(value);
        else count = 0;
    }
    if (count < 2 || options.port == 0 || options.tokens_file == NULL) {
        fprintf(stderr, "usage: load --port P --tokens FILE [--host A] [--spin-us N] [--rcvbuf N]\n");
        exit(2);
    }
}

static void dial_due(int64_t time) {
    while (next_to_open < device_count && opening_count < OPENING_AT_ONCE) dial(&devices[next_to_open++]);
    for (int i = 0; waiting_count > 0 && i < device_count; i++) {
        if (devices[i].state == WAITING && devices[i].retry_at <= time) {
            waiting_count--;
            dial(&devices[i]);
        }
    }
}

int main(int count, char **arguments) {
    read_options(count, arguments);
    read_tokens();
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    srandom((unsigned) getpid());
    signal(SIGPIPE, SIG_IGN);
    epoll_fd = epoll_create1(0);
    struct epoll_event input = {.events = EPOLLIN, .data.u64 = STDIN_EVENT};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &input);
    report("{\"event\":\"ready\",\"tokens\":%zu}", token_count);
    int64_t next_tick = 0;
    for (;;) {
        struct epoll_event events[EVENTS];
        int busy = waiting_for != NOTHING || waiting_count > 0 || next_to_open < device_count;
        int timeout = options.spin_ns > 0 && now() < spin_until ? 0 : busy ? 2 : -1;
        int ready = epoll_wait(epoll_fd, events, EVENTS, timeout);
        int64_t time = now();
        int traffic = 0;
        for (int i = 0; i < ready; i++) {
            if (events[i].data.u64 == STDIN_EVENT) on_stdin();
            else {
                on_event(&devices[events[i].data.u64], events[i].events);
                traffic = 1;
            }
        }
        if (traffic) {
            busy_ns += now() - time;
            spin_until = time + options.spin_ns;
        }
        int tick = time >= next_tick;
        if (tick || next_to_open < device_count) dial_due(time);
        if (tick) next_tick = time + TICK_NS;
        /* Whether all are caught up takes a look at each of them. */
        if (tick || (waiting_for != CATCHING_UP && waiting_for != WHOLE)) check_wait();
    }
}
