package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.user.UserKey;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import java.time.Duration;

/** Presence in the words of Redis: its keys and commands, each for one key and known to Redis 6.2. */
final class PresenceCommands {

    /** Made anew by whoever finds it missing; another value than the last one seen means that Redis lost its data. */
    private static final String GENERATION = "fanfare:presence:generation";
    /** There while presence is not complete. */
    private static final String SETTLING = "fanfare:presence:settling";

    private static final String USER = "fanfare:presence:user:";

    /** There for a while after each announcement, whether the session still is or not. */
    private static final String SEEN = "fanfare:presence:seen:";

    /** Removes an entry unless it was announced again since it was read. */
    private static final String REMOVE_UNCHANGED =
            "if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end return 0";

    /** In one step: of two sessions that announce themselves, exactly one reads the other's entry. */
    private static final String PUT_AND_READ =
            """
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return redis.call('HGETALL', KEYS[1])
            """;

    private PresenceCommands() {}

    static Request read(UserKey user) {
        return Request.cmd(Command.HGETALL).arg(key(user));
    }

    static Request put(UserKey user, String sessionId, String value) {
        return Request.cmd(Command.HSET).arg(key(user)).arg(sessionId).arg(value);
    }

    /** The reply is that of {@link #read}. */
    static Request putAndRead(UserKey user, String sessionId, String value, Duration ttl) {
        return Request.cmd(Command.EVAL)
                .arg(PUT_AND_READ)
                .arg(1)
                .arg(key(user))
                .arg(sessionId)
                .arg(value)
                .arg(ttl.toMillis());
    }

    static Request expire(UserKey user, Duration ttl) {
        return Request.cmd(Command.PEXPIRE).arg(key(user)).arg(ttl.toMillis());
    }

    static Request remember(UserKey user, Duration time) {
        return Request.cmd(Command.SET).arg(SEEN + user.text()).arg(1).arg("PX").arg(time.toMillis());
    }

    static Request wasSeen(UserKey user) {
        return Request.cmd(Command.EXISTS).arg(SEEN + user.text());
    }

    static Request remove(UserKey user, String sessionId) {
        return Request.cmd(Command.HDEL).arg(key(user)).arg(sessionId);
    }

    static Request removeUnchanged(UserKey user, String sessionId, String value) {
        return Request.cmd(Command.EVAL)
                .arg(REMOVE_UNCHANGED)
                .arg(1)
                .arg(key(user))
                .arg(sessionId)
                .arg(value);
    }

    static Request generation() {
        return Request.cmd(Command.GET).arg(GENERATION);
    }

    static Request newGeneration(String value) {
        return Request.cmd(Command.SET).arg(GENERATION).arg(value).arg("NX");
    }

    static Request isSettling() {
        return Request.cmd(Command.EXISTS).arg(SETTLING);
    }

    static Request settling(Duration time) {
        return Request.cmd(Command.SET).arg(SETTLING).arg(1).arg("PX").arg(time.toMillis());
    }

    private static String key(UserKey user) {
        return USER + user.text();
    }
}
