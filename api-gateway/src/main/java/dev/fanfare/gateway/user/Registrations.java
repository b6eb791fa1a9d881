package dev.fanfare.gateway.user;

import dev.fanfare.gateway.UnavailableException;
import dev.fanfare.gateway.command.CommandPublisher;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Writes to {@code fanfare.user.registered.v1} who is a user. A change is stored first and then written. Two gateways that
 * change the same user may write in the other order than they stored, and the compacted topic keeps what was written last.
 * Therefore whoever has written looks whether the user was changed meanwhile, and if so writes that too: what is written
 * last is always the newest.
 *
 * <p>What could not be written, because Kafka was away or the gateway died, is written later by a sweep over the rows that
 * say so, every {@code fanfare.users.sweep}. It brings users into the topic who are older than it, too. Several gateways
 * sweep; that one record is written twice does no harm.
 */
@ApplicationScoped
class Registrations {

    private static final Logger LOGGER = Logger.getLogger(Registrations.class);

    /** What is younger is being written by whoever changed it. */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(10);

    /** Leaves most of the room of {@code RecordWriter} to those who wait for an answer. */
    private static final int PAGE = 500;

    private final UserRepository repository;
    private final CommandPublisher publisher;

    Registrations(UserRepository repository, CommandPublisher publisher) {
        this.repository = repository;
        this.publisher = publisher;
    }

    /** Never fails. To be called on a Vert.x context of the caller's own. */
    Uni<Void> tell(List<Registration> changed) {
        return write(changed, MutinyHelper.executor(Vertx.currentContext()))
                .onFailure(UnavailableException.class)
                .recoverWithItem(e -> {
                    LOGGER.debugf("%d users are written later: %s", changed.size(), e);
                    return null;
                });
    }

    @Scheduled(every = "{fanfare.users.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        Executor caller = MutinyHelper.executor(Vertx.currentContext());
        return Uni.createFrom()
                .deferred(() -> sweepPage(caller))
                .repeat()
                .whilst(written -> written == PAGE)
                .onItem()
                .ignoreAsUni()
                .onFailure(UnavailableException.class)
                .recoverWithItem(e -> {
                    LOGGER.warnf("users who are not in the topic yet stay so for now: %s", e.getCause());
                    return null;
                });
    }

    private Uni<Integer> sweepPage(Executor caller) {
        return repository.unpublished(LEFT_BEHIND, PAGE).flatMap(left -> {
            if (!left.isEmpty()) {
                LOGGER.infof("%d users are written to the topic now", left.size());
            }
            return write(left, caller).replaceWith(left.size());
        });
    }

    private Uni<Void> write(List<Registration> changed, Executor caller) {
        List<Registration> unpublished =
                changed.stream().filter(user -> !user.isPublished()).toList();
        if (unpublished.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(unpublished.stream().map(this::publish).toList())
                .andFailFast()
                .emitOn(caller)
                .flatMap(written -> repository.confirm(unpublished))
                .flatMap(newer -> write(newer, caller));
    }

    private Uni<Void> publish(Registration user) {
        return user.removed()
                ? publisher.publishRemoved(user.user().appKey(), user.user().userId())
                : publisher.publish(user.toRecord());
    }
}
