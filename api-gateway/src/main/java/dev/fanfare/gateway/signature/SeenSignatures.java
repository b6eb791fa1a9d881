package dev.fanfare.gateway.signature;

import dev.fanfare.gateway.UnavailableException;
import dev.fanfare.gateway.app.App;
import dev.fanfare.gateway.redis.Redis;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Remembers signatures for apps that want each to be used once ({@code refuseReplays}). While Redis is away every
 * signature counts as new: such an app goes on working, without this check. Never fails.
 */
@ApplicationScoped
public class SeenSignatures {

    private static final Duration WITHOUT_CLOCK_WINDOW = Duration.ofMinutes(10);

    private final Redis redis;

    SeenSignatures(Redis redis) {
        this.redis = redis;
    }

    /** Whether this is the first use; true at once for an app that does not ask. */
    public Uni<Boolean> isFirstUse(App app, RequestSignature signature) {
        if (!app.signatures().refuseReplays()) {
            return Uni.createFrom().item(true);
        }
        // A time stamp is good for the window on both sides of now.
        Duration window = app.signatures().clockWindow();
        Duration memory = window == null ? WITHOUT_CLOCK_WINDOW : window.multipliedBy(2);
        String key = "fanfare:signature:" + app.key() + ":" + signature.signature();
        return redis.execute("SET", key, "", "NX", "PX", Long.toString(memory.toMillis()))
                .map(answer -> answer != null)
                .onFailure(UnavailableException.class)
                .recoverWithItem(true);
    }
}
