/*
 * A reflector in C that does the work of dev.holdfast.probe.net.Reflector, to be measured beside it:
 * the same checks, the same MACs, the same limits, stamps of the kernel for what comes, no objects.
 * It is not part of the product.
 *
 *   reflector CLIENT_PORT sleep|spin SESSIONS
 *
 * It listens on a free port of 127.0.0.1, prints "ports N", and ends with whoever started it. Its
 * sessions have the ids 1 to SESSIONS and the keys of dev.holdfast.bench.BenchSessions.
 *
 * An HMAC costs a copy of two states that the key was already hashed into, which is what the HMAC
 * of libcrypto does too, without its lookups.
 */
#define _GNU_SOURCE
#define OPENSSL_SUPPRESS_DEPRECATED
#include <arpa/inet.h>
#include <errno.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <openssl/sha.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>

enum { PLAIN = 44, BASE = 112, COVERED = 96, MAC = 16, HEAD = 4, CAPACITY = 2048 };
enum { EXTRA_PADDING = 1, HMAC_TLV = 8 };
enum { UNRECOGNISED = 0x80, MALFORMED = 0x40, INTEGRITY = 0x20 };
enum { LOG = 4096, SOURCES = 4096, PER_SECOND = 1000000 };

#if defined(__x86_64__)
#define PAUSE() __builtin_ia32_pause()
#else
#define PAUSE() __asm__ volatile("yield")
#endif

static const uint16_t UNKNOWN_ERROR = 30 << 8 | 1;
static const int64_t SECOND = 1000000000;

struct bucket {
  int64_t credit, last;
};

struct session {
  int known;
  uint32_t address;
  uint16_t port;
  SHA256_CTX inner, outer;
  uint32_t next, highest;
  uint64_t seen;
  struct bucket limit;
  uint32_t answered[LOG];
  uint8_t nonces[LOG][16];
};

static struct session *sessions[65536];
static struct bucket sources[SOURCES];
static uint64_t secret;

static uint16_t get16(const uint8_t *p) {
  return (uint16_t)(p[0] << 8 | p[1]);
}

static uint32_t get32(const uint8_t *p) {
  uint32_t v;
  memcpy(&v, p, 4);
  return __builtin_bswap32(v);
}

static void put16(uint8_t *p, uint16_t v) {
  p[0] = v >> 8;
  p[1] = (uint8_t)v;
}

static void put32(uint8_t *p, uint32_t v) {
  v = __builtin_bswap32(v);
  memcpy(p, &v, 4);
}

static void put64(uint8_t *p, uint64_t v) {
  v = __builtin_bswap64(v);
  memcpy(p, &v, 8);
}

static int64_t raw(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC_RAW, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

static uint64_t bits(struct timespec t) {
  return ((uint64_t)t.tv_sec + 2208988800u) << 32 | ((uint64_t)t.tv_nsec << 32) / (uint64_t)SECOND;
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return bits(t);
}

static int take(struct bucket *bucket, int64_t at) {
  int64_t passed = at - bucket->last;
  passed = passed < 0 ? 0 : passed > SECOND ? SECOND : passed;
  bucket->last = at;
  bucket->credit = bucket->credit + passed > SECOND ? SECOND : bucket->credit + passed;
  if (bucket->credit < SECOND / PER_SECOND) {
    return 0;
  }
  bucket->credit -= SECOND / PER_SECOND;
  return 1;
}

static void key(struct session *session, const uint8_t *key) {
  uint8_t pad[64];
  for (int side = 0; side < 2; side++) {
    memset(pad, side == 0 ? 0x36 : 0x5c, sizeof pad);
    for (int i = 0; i < 32; i++) {
      pad[i] ^= key[i];
    }
    SHA256_CTX *context = side == 0 ? &session->inner : &session->outer;
    SHA256_Init(context);
    SHA256_Update(context, pad, sizeof pad);
  }
}

static void tag(const struct session *session, const uint8_t *a, size_t a_length, const uint8_t *b,
                size_t b_length, uint8_t out[32]) {
  SHA256_CTX context = session->inner;
  SHA256_Update(&context, a, a_length);
  if (b_length > 0) {
    SHA256_Update(&context, b, b_length);
  }
  SHA256_Final(out, &context);
  context = session->outer;
  SHA256_Update(&context, out, 32);
  SHA256_Final(out, &context);
}

static int same(const uint8_t *a, const uint8_t *b) {
  int difference = 0;
  for (int i = 0; i < MAC; i++) {
    difference |= a[i] ^ b[i];
  }
  return difference == 0;
}

static int is_new(struct session *session, uint32_t sequence) {
  int32_t ahead = (int32_t)(sequence - session->highest);
  if (session->seen == 0 || ahead >= 64) {
    session->seen = 1;
  } else if (ahead > 0) {
    session->seen = session->seen << ahead | 1;
  } else if (ahead > -64 && (session->seen & 1ull << -ahead) == 0) {
    session->seen |= 1ull << -ahead;
    return 1;
  } else {
    return 0;
  }
  session->highest = sequence;
  return 1;
}

static int whole(const uint8_t *packet, int at, int length) {
  if (length - at < HEAD) {
    return 0;
  }
  int size = get16(packet + at + 2);
  return size <= length - at - HEAD && (packet[at + 1] != HMAC_TLV || size == MAC);
}

static int after(const uint8_t *packet, int at) {
  return at + HEAD + get16(packet + at + 2);
}

static uint8_t unrecognised(const uint8_t *packet, int at) {
  return packet[at + 1] == EXTRA_PADDING || packet[at + 1] == HMAC_TLV ? 0 : UNRECOGNISED;
}

/* Checks the HMAC TLV and sets the flags of all; where it begins if it is good, or 0. */
static int take_tlvs(const struct session *session, uint8_t *packet, int length) {
  int hmac = 0;
  for (int at = BASE; whole(packet, at, length); at = after(packet, at)) {
    if (packet[at + 1] == HMAC_TLV) {
      hmac = at;
      break;
    }
  }
  int good = 0;
  if (hmac > 0) {
    uint8_t found[32];
    tag(session, packet, 4, packet + BASE, hmac - BASE, found);
    good = same(found, packet + hmac + HEAD);
  }
  uint8_t integrity = hmac > 0 && !good ? INTEGRITY : 0;
  int at = BASE;
  for (; whole(packet, at, length); at = after(packet, at)) {
    packet[at] = unrecognised(packet, at) | integrity;
  }
  if (length - at >= HEAD) {
    packet[at] = unrecognised(packet, at) | MALFORMED | integrity;
  }
  return good ? hmac : 0;
}

static int reflect(struct session *session, uint8_t *packet, int length, uint64_t received,
                   int time_to_live) {
  uint8_t found[32];
  tag(session, packet, COVERED, NULL, 0, found);
  if (!same(found, packet + COVERED)) {
    return 0;
  }
  uint32_t challenged = get32(packet);
  if (!is_new(session, challenged)) {
    return 0;
  }
  uint32_t own = session->next++;
  if (own == challenged) {
    own = session->next++;
  }
  int hmac = take_tlvs(session, packet, length);
  uint8_t sent[8], error[2];
  memcpy(sent, packet + 16, 8);
  memcpy(error, packet + 24, 2);
  memset(packet + 4, 0, 12);
  memset(packet + 28, 0, COVERED - 28);
  put32(packet, own);
  put16(packet + 24, UNKNOWN_ERROR);
  put64(packet + 32, received);
  put32(packet + 48, challenged);
  memcpy(packet + 64, sent, 8);
  memcpy(packet + 72, error, 2);
  packet[80] = (uint8_t)time_to_live;
  if (hmac > 0) {
    tag(session, packet, 4, packet + BASE, hmac - BASE, found);
    memcpy(packet + hmac + HEAD, found, MAC);
  }
  if (hmac == BASE + HEAD + 16 && packet[BASE + 1] == EXTRA_PADDING) {
    session->answered[own % LOG] = own;
    memcpy(session->nonces[own % LOG], packet + BASE + HEAD, 16);
  }
  put64(packet + 16, now());
  tag(session, packet, COVERED, NULL, 0, found);
  memcpy(packet + COVERED, found, MAC);
  return length;
}

static int reflect_plain(uint8_t *packet, int length, uint64_t received, int time_to_live) {
  uint8_t head[14];
  memcpy(head, packet, sizeof head);
  memset(packet + 16, 0, PLAIN - 16);
  put16(packet + 12, UNKNOWN_ERROR);
  put64(packet + 16, received);
  memcpy(packet + 24, head, 4);
  memcpy(packet + 28, head + 4, 8);
  memcpy(packet + 36, head + 12, 2);
  packet[40] = (uint8_t)time_to_live;
  put64(packet + 4, now());
  return length;
}

static int take_source(uint32_t address) {
  uint64_t hash = (address ^ secret) * 0x9E3779B97F4A7C15ull;
  hash = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15ull;
  return take(&sources[hash >> 52], raw());
}

static int answer(uint8_t *packet, int length, const struct sockaddr_in *from, uint64_t received,
                  int time_to_live) {
  struct session *session = length < BASE ? NULL : sessions[get16(packet + 26)];
  if (session != NULL && session->known && session->address == from->sin_addr.s_addr &&
      session->port == from->sin_port) {
    int answered = reflect(session, packet, length, received, time_to_live);
    return answered > 0 && take(&session->limit, raw()) ? answered : 0;
  }
  if (length < PLAIN || !take_source(from->sin_addr.s_addr)) {
    return 0;
  }
  return reflect_plain(packet, length, received, time_to_live);
}

static void serve(int socket, int flags) {
  static uint8_t packet[CAPACITY];
  static union {
    char octets[512];
    struct cmsghdr align;
  } control;
  struct sockaddr_in from;
  struct iovec vector = {packet, sizeof packet};
  for (;;) {
    struct msghdr message = {.msg_name = &from,
                             .msg_namelen = sizeof from,
                             .msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = control.octets,
                             .msg_controllen = sizeof control.octets};
    ssize_t length = recvmsg(socket, &message, flags);
    if (length < 0) {
      PAUSE();
      continue;
    }
    uint64_t received = 0;
    int time_to_live = 0;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c)) {
      if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPING) {
        struct timespec stamp;
        memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
        received = bits(stamp);
      } else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TTL) {
        memcpy(&time_to_live, CMSG_DATA(c), sizeof time_to_live);
      }
    }
    if (message.msg_flags & MSG_TRUNC) {
      continue;
    }
    int answered =
        answer(packet, (int)length, &from, received == 0 ? now() : received, time_to_live);
    if (answered > 0) {
      sendto(socket, packet, answered, MSG_DONTWAIT, (struct sockaddr *)&from, sizeof from);
    }
  }
}

static void open_sessions(int count, uint16_t client) {
  for (int id = 1; id <= count; id++) {
    struct session *session = calloc(1, sizeof *session);
    uint8_t octets[32];
    for (int i = 0; i < 32; i++) {
      octets[i] = (uint8_t)(id * 31 + i * 7 + 1);
    }
    key(session, octets);
    session->known = 1;
    session->address = htonl(INADDR_LOOPBACK);
    session->port = htons(client);
    session->limit.credit = SECOND;
    getrandom(&session->next, sizeof session->next, 0);
    sessions[id] = session;
  }
}

int main(int count, char **arguments) {
  if (count != 4) {
    fprintf(stderr, "usage: reflector CLIENT_PORT sleep|spin SESSIONS\n");
    return 2;
  }
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  getrandom(&secret, sizeof secret, 0);
  for (int i = 0; i < SOURCES; i++) {
    sources[i].credit = SECOND;
  }
  open_sessions(atoi(arguments[3]), (uint16_t)atoi(arguments[1]));
  int spins = strcmp(arguments[2], "spin") == 0;
  int made = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int one = 1;
  int buffer = 1 << 20;
  int flags = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
  struct sockaddr_in local = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof local;
  setsockopt(made, IPPROTO_IP, IP_RECVTTL, &one, sizeof one);
  setsockopt(made, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  if (setsockopt(made, SOL_SOCKET, SO_TIMESTAMPING, &flags, sizeof flags) != 0 ||
      bind(made, (struct sockaddr *)&local, sizeof local) != 0 ||
      getsockname(made, (struct sockaddr *)&local, &size) != 0) {
    perror("reflector");
    return 1;
  }
  printf("ports %d\n", ntohs(local.sin_port));
  fflush(stdout);
  serve(made, spins ? MSG_DONTWAIT : 0);
}
