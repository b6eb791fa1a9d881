package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.UnavailableException;
import dev.fanfare.gateway.app.App;
import dev.fanfare.gateway.quota.QuotaUsage;
import dev.fanfare.gateway.quota.Quotas;
import dev.fanfare.gateway.signature.SeenSignatures;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * The steps of every call whose caller is known: is the feature on, are the fields good, is it a
 * repetition, is there quota, then the work. A call that is refused on the way has no effect but on the quota. Never fails.
 */
@ApplicationScoped
class CallHandler {

    private static final Logger LOGGER = Logger.getLogger(CallHandler.class);

    /** Checking a big template means rendering it up to a hundred times: not on an event loop. */
    private static final int BIG_BODY = 32 * 1024;

    private final SeenSignatures signatures;
    private final Quotas quotas;
    private final OnceOnly onceOnly;

    CallHandler(SeenSignatures signatures, Quotas quotas, OnceOnly onceOnly) {
        this.signatures = signatures;
        this.quotas = quotas;
        this.onceOnly = onceOnly;
    }

    Uni<Reply> handle(Endpoint endpoint, Call call) {
        return signatures
                .isFirstUse(call.app(), call.signature())
                .flatMap(first -> first
                        ? judge(endpoint, call)
                        : Uni.createFrom()
                                .item(Reply.of(Answer.refused(
                                        RongCloudError.SIGNATURE, "The signature has been used before."))))
                .onFailure()
                .recoverWithItem(e -> Reply.of(answerTo(endpoint, call.app(), e)));
    }

    private Uni<Reply> judge(Endpoint endpoint, Call call) {
        boolean enabled = endpoint.feature().map(call.app()::has).orElse(true);
        if (!enabled) {
            return OnceOnly.refuse(
                    endpoint, cost -> charge(endpoint, call, cost), Answer.refused(RongCloudError.NOT_ENABLED));
        }
        return prepare(endpoint, call).flatMap(prepared -> perform(endpoint, call, prepared));
    }

    private static Uni<Prepared> prepare(Endpoint endpoint, Call call) {
        if (call.body().length == 0 && !endpoint.takesEmptyBody()) {
            return Uni.createFrom().item(new Prepared.Refused(Answer.refused(RongCloudError.EMPTY_BODY)));
        }
        Uni<Prepared> prepared = Uni.createFrom().item(() -> endpoint.prepare(call));
        return call.body().length < BIG_BODY
                ? prepared
                : prepared.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .emitOn(call.eventLoop());
    }

    private Uni<Reply> perform(Endpoint endpoint, Call call, Prepared prepared) {
        return prepared instanceof Prepared.Ready ready
                ? onceOnly.perform(endpoint, call, ready, cost -> charge(endpoint, call, cost))
                : OnceOnly.refuse(
                        endpoint, cost -> charge(endpoint, call, cost), ((Prepared.Refused) prepared).answer());
    }

    private Uni<QuotaUsage> charge(Endpoint endpoint, Call call, int cost) {
        App app = call.app();
        return quotas.charge(app.key(), endpoint.quota(), app.limitsOf(endpoint.quota()), cost)
                .emitOn(call.eventLoop());
    }

    /** An exception is infrastructure or a fault of ours. */
    static Answer answerTo(Endpoint endpoint, App app, Throwable e) {
        if (e instanceof UnavailableException unavailable) {
            LOGGER.warnf("%s app=%s: %s: %s", endpoint.path(), app.key(), e.getMessage(), e.getCause());
            return Answer.refused(
                    RongCloudError.TIMEOUT, RongCloudError.TIMEOUT.text() + " (" + unavailable.what() + ")");
        }
        LOGGER.errorf(e, "%s app=%s failed", endpoint.path(), app.key());
        return Answer.refused(RongCloudError.INTERNAL);
    }
}
