package dev.fanfare.gateway.user;

import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.gateway.command.CommandPublisher;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Says who may connect, and tells every delivery node. A user need not exist for it: no profile comes into being.
 *
 * <p>A change is stored first and then written to Kafka; its item comes when the brokers have it. Two gateways that
 * change the same user may write in the other order than they stored, and the compacted topic keeps what was written
 * last. Therefore whoever has written looks whether the user was changed meanwhile, and if so writes that too: what is
 * written last is always the newest. If Kafka or PostgreSQL is away the item is an {@link
 * dev.fanfare.gateway.UnavailableException}, and the same call again puts everything right.
 *
 * <p>To be called on a Vert.x context of the caller's own.
 */
@ApplicationScoped
public class AccessControl {

    private static final long NOT_BLOCKED = 0;

    private final AccessRepository repository;
    private final CommandPublisher publisher;
    private final Clock clock;

    AccessControl(AccessRepository repository, CommandPublisher publisher, Clock clock) {
        this.repository = repository;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Makes the tokens that these users got before {@code time} (ms) worthless; never makes an old token good again. */
    public Uni<Void> expireTokens(String appKey, List<String> userIds, long time) {
        Executor caller = caller();
        return repository.expireTokens(appKey, userIds, time).flatMap(changed -> tell(appKey, changed, caller));
    }

    /** Keeps these users out for this long from now, instead of what was said of them before. */
    public Uni<Void> block(String appKey, List<String> userIds, Duration length) {
        return setBlock(appKey, userIds, clock.instant().plus(length).toEpochMilli());
    }

    public Uni<Void> unblock(String appKey, List<String> userIds) {
        return setBlock(appKey, userIds, NOT_BLOCKED);
    }

    private Uni<Void> setBlock(String appKey, List<String> userIds, long until) {
        Executor caller = caller();
        return repository.block(appKey, userIds, until).flatMap(changed -> tell(appKey, changed, caller));
    }

    /** Who is blocked now; the longest block comes first. */
    public Uni<List<BlockedUser>> blocked(String appKey, int first, int limit) {
        return repository.blocked(appKey, first, limit);
    }

    private Uni<Void> tell(String appKey, List<UserAccess> changed, Executor caller) {
        return Uni.join()
                .all(changed.stream().map(publisher::publish).toList())
                .andFailFast()
                .emitOn(caller)
                .flatMap(written -> repository.changedSince(appKey, changed))
                .flatMap(newer -> newer.isEmpty() ? Uni.createFrom().voidItem() : tell(appKey, newer, caller));
    }

    private static Executor caller() {
        return MutinyHelper.executor(Vertx.currentContext());
    }
}
