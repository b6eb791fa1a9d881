package dev.fanfare.delivery.push.lane;

import dev.fanfare.delivery.push.PushResult;
import java.time.Duration;

/** What a {@link Lane} makes of a push. */
public sealed interface LaneAnswer {

    /** The provider was asked. No answer in time, or a failure, is an {@link PushResult.Unavailable}. */
    record Tried(PushResult result) implements LaneAnswer {}

    /**
     * It was not tried.
     *
     * @param pause after which it is worth trying; zero if that is not known
     * @param down whether that is because the provider does not work; otherwise it is busy
     */
    record NotNow(String reason, Duration pause, boolean down) implements LaneAnswer {}

    /** It was not tried, because it has become another node's. */
    record NotOurs() implements LaneAnswer {}
}
