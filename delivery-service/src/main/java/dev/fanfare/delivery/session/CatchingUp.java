package dev.fanfare.delivery.session;

import dev.fanfare.delivery.window.CatchUp;
import dev.fanfare.delivery.window.Joined;

/**
 * A session's way through what was held when it joined and did not stand in its connect reply. It is not told with the
 * others meanwhile: what they were told may not be due to it, because it was only for those who were there.
 */
final class CatchingUp {

    private final Joined joined;
    private long offset;

    CatchingUp(CatchUp catchUp) {
        this.joined = catchUp.joined();
        this.offset = catchUp.position().offset();
    }

    Joined joined() {
        return joined;
    }

    /** The session was told all up to here. */
    long offset() {
        return offset;
    }

    void moveTo(long further) {
        offset = further;
    }

    /** From here on it goes on with the others. */
    boolean isDone() {
        return offset >= joined.end();
    }

    /** The client would believe at its next connect that it misses what was not due to it. */
    boolean seemsToMissSomething() {
        return offset < joined.lostUpTo();
    }
}
