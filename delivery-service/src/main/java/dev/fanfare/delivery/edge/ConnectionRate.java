package dev.fanfare.delivery.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket per address, kept as one number: until when the address has used up what it may have. An address at rest
 * is forgotten, and so are the least used ones above 100,000: their buckets are full again. Thread-safe.
 */
final class ConnectionRate {

    private static final int MAX_ADDRESSES = 100_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long IPV4 = 0x0000_FFFF_0000_0000L;

    private final long interval;
    private final long burst;
    private final LongSupplier nanoTime;
    private final long start;
    private final Cache<Long, AtomicLong> usedUntil;

    /** @param nanoTime as {@link System#nanoTime()} */
    ConnectionRate(double perSecond, int burst, LongSupplier nanoTime) {
        this.interval = Math.round(SECOND / perSecond);
        this.burst = interval * burst;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.usedUntil = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterAccess(Duration.ofNanos(this.burst))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** Takes a token of the address; if there is none, how many seconds it takes until there is, else 0. */
    long secondsToWait(InetAddress address) {
        long now = nanoTime.getAsLong() - start;
        AtomicLong used = usedUntil.get(key(address), created -> new AtomicLong());
        while (true) {
            long until = used.get();
            long next = Math.max(until, now) + interval;
            if (next - now > burst) {
                return (next - now - burst + SECOND - 1) / SECOND;
            }
            if (used.compareAndSet(until, next)) {
                return 0;
            }
        }
    }

    /** An IPv4 address, or the first half of an IPv6 address: who has one of a /64 has them all. */
    private static long key(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? IPV4 | Integer.toUnsignedLong(bytes.getInt()) : bytes.getLong();
    }
}
