package dev.fanfare.gateway.zim;

import dev.fanfare.gateway.UnavailableException;
import dev.fanfare.gateway.app.App;
import dev.fanfare.gateway.quota.QuotaUsage;
import dev.fanfare.gateway.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * The steps of every call whose caller is known: is the feature on, are the parameters good, may it be at all, is there
 * quota, then the work. A call that is refused on the way has no effect and counts nothing. Never fails.
 */
@ApplicationScoped
class ZimHandler {

    private static final Logger LOGGER = Logger.getLogger(ZimHandler.class);

    private final Quotas quotas;

    ZimHandler(Quotas quotas) {
        this.quotas = quotas;
    }

    /**
     * An answer with what goes into its headers.
     *
     * @param usage what the call did to the quota; null: refused before that
     */
    record Reply(ZimAnswer answer, QuotaUsage usage) {

        static Reply of(ZimAnswer answer) {
            return new Reply(answer, null);
        }
    }

    /** @param eventLoop runs a task on a Vert.x context of the call's own */
    Uni<Reply> handle(ZimAction action, ZimCall call, String requestId, Executor eventLoop) {
        return Uni.createFrom()
                .deferred(() -> judge(action, call, eventLoop))
                .onFailure()
                .recoverWithItem(e -> Reply.of(answerTo(action, call.app(), requestId, e)))
                .map(reply -> action.failures()
                        .map(list -> new Reply(reply.answer().withList(list), reply.usage()))
                        .orElse(reply));
    }

    private Uni<Reply> judge(ZimAction action, ZimCall call, Executor eventLoop) {
        if (!action.feature().map(call.app()::has).orElse(true)) {
            return reply(ZimAnswer.refused(ZimError.NOT_ENABLED));
        }
        ZimPlan plan = action.plan(call);
        if (plan instanceof ZimPlan.Ready ready) {
            return ready.admission()
                    .get()
                    .flatMap(refusal ->
                            refusal.isPresent() ? reply(refusal.get()) : charge(action, call.app(), ready, eventLoop));
        }
        return reply(((ZimPlan.Refused) plan).answer());
    }

    private Uni<Reply> charge(ZimAction action, App app, ZimPlan.Ready ready, Executor eventLoop) {
        String counter = ready.group() == null ? app.key() : app.key() + ":" + ready.group();
        return quotas.charge(counter, action.quota(), app.limitsOf(action.quota()), 1)
                .emitOn(eventLoop)
                .flatMap(usage -> usage.admitted()
                        ? ready.work().get().map(answer -> new Reply(answer, usage))
                        : Uni.createFrom().item(new Reply(ZimAnswer.refused(action.overQuota()), usage)));
    }

    private static Uni<Reply> reply(ZimAnswer answer) {
        return Uni.createFrom().item(Reply.of(answer));
    }

    /** An exception is infrastructure or a fault of ours. */
    private static ZimAnswer answerTo(ZimAction action, App app, String requestId, Throwable e) {
        if (e instanceof UnavailableException unavailable) {
            LOGGER.warnf(
                    "zim %s app=%s requestId=%s: %s: %s",
                    action.name(), app.key(), requestId, e.getMessage(), e.getCause());
            return ZimAnswer.refused(ZimError.BUSY, ZimError.BUSY.text() + " (" + unavailable.what() + ")");
        }
        LOGGER.errorf(e, "zim %s app=%s requestId=%s failed", action.name(), app.key(), requestId);
        return ZimAnswer.refused(ZimError.INTERNAL);
    }
}
