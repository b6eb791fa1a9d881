package dev.fanfare.delivery.window;

import java.util.List;

/** How many broadcasts make a piece. For one piece. */
final class Measure {

    private final long maxBytes;
    private final int bytesBeside;
    private final int least;
    private long bytes;

    /**
     * @param bytesBeside what a broadcast counts for beside its message
     * @param least so many, however large
     */
    Measure(long maxBytes, int bytesBeside, int least) {
        this.maxBytes = maxBytes;
        this.bytesBeside = bytesBeside;
        this.least = least;
    }

    /** @return false if the piece is complete without this one */
    boolean take(Broadcast broadcast, List<Broadcast> piece) {
        bytes += broadcast.data().length + bytesBeside;
        boolean takes = bytes <= maxBytes || piece.size() < least;
        if (takes) {
            piece.add(broadcast);
        }
        return takes;
    }
}
