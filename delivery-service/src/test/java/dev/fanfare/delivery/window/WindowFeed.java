package dev.fanfare.delivery.window;

/** Lets tests of other packages be the stream that fills a window, record by record. One partition. */
public final class WindowFeed {

    private static final int PARTITION = 0;

    private final BroadcastWindow window;

    public WindowFeed(BroadcastWindow window) {
        this.window = window;
    }

    /** @param firstOffset the first Kafka offset that will be read */
    public void begin(String topicId, long firstOffset) {
        window.begin(topicId, new long[] {firstOffset}, appKey -> PARTITION);
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
