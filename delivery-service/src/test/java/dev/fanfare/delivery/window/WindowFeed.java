package dev.fanfare.delivery.window;

import java.time.Duration;

/** Lets tests of other packages be the stream that fills a window, record by record. One partition. */
public final class WindowFeed {

    private static final int PARTITION = 0;

    private final BroadcastWindow window;

    public WindowFeed(BroadcastWindow window) {
        this.window = window;
    }

    /** What production has, but for the bytes of messages of an app. */
    public static WindowBounds bounds(long maxBytes) {
        return new WindowBounds(Duration.ofMinutes(10), maxBytes, Duration.ofDays(7), 500, 8 * 1024 * 1024);
    }

    /** @param firstOffset the first Kafka offset that will be read */
    public void begin(String topicId, long firstOffset) {
        begin(topicId, firstOffset, KeptState.NOTHING);
    }

    /** @param kept what is known of the time before */
    public void begin(String topicId, long firstOffset, KeptState kept) {
        window.begin(topicId, new long[] {firstOffset}, appKey -> PARTITION, kept);
    }

    /** @return false if the window has this message already */
    public boolean append(Broadcast broadcast) {
        return window.append(PARTITION, broadcast);
    }

    public void skip(long offset) {
        window.skip(PARTITION, offset);
    }

    public void expire() {
        window.expire();
    }
}
