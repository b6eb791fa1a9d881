package dev.fanfare.delivery.position;

import dev.fanfare.delivery.window.StreamPosition;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.Optional;

/** Positions in the words of Redis: one string per device, {@code <epoch> <offset>}; known to Redis 6.2. */
final class PositionCommands {

    private static final String KEY = "fanfare:position:";

    /** Writes unless that would go backwards: two nodes may write in the wrong order. */
    private static final String MOVE =
            """
            local known = redis.pcall('GET', KEYS[1])
            if type(known) == 'string' then
              local epoch, offset = string.match(known, '^(.*) (%d+)$')
              if epoch == ARGV[1] and tonumber(offset) >= tonumber(ARGV[2]) then return 0 end
            end
            redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2], 'PX', ARGV[3])
            return 1
            """;

    private PositionCommands() {}

    static Request move(DeviceKey device, StreamPosition to, Duration ttl) {
        return Request.cmd(Command.EVAL)
                .arg(MOVE)
                .arg(1)
                .arg(KEY + device.text())
                .arg(to.epoch())
                .arg(to.offset())
                .arg(ttl.toMillis());
    }

    static Request read(DeviceKey device) {
        return Request.cmd(Command.GET).arg(KEY + device.text());
    }

    /** @param reply to {@link #read}; null if there is nothing */
    static Optional<StreamPosition> position(Response reply) {
        return reply == null ? Optional.empty() : parse(reply.toString());
    }

    /** Empty if it is not a position. */
    static Optional<StreamPosition> parse(String stored) {
        int space = stored.lastIndexOf(' ');
        try {
            long offset = Long.parseLong(stored, space + 1, stored.length(), 10);
            return space < 0 || offset < 0
                    ? Optional.empty()
                    : Optional.of(new StreamPosition(stored.substring(0, space), offset));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
