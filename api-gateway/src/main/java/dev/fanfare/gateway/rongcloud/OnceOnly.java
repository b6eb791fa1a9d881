package dev.fanfare.gateway.rongcloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.fanfare.contracts.Json;
import dev.fanfare.gateway.idempotency.Idempotency;
import dev.fanfare.gateway.idempotency.Idempotency.Claim;
import dev.fanfare.gateway.idempotency.IdempotencyKey;
import dev.fanfare.gateway.quota.QuotaUsage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Does the work of a call, but once for each {@code Idempotency-Key} or {@code msgRandom} of a message. The header wins
 * where both are given. Only a success is kept; whoever was refused may correct the call and use the key again.
 */
@ApplicationScoped
class OnceOnly {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final Idempotency idempotency;

    OnceOnly(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    /** @param charge takes so much of the quota of the call's endpoint; what is below zero is given back */
    Uni<Reply> perform(Endpoint endpoint, Call call, Prepared.Ready ready, IntFunction<Uni<QuotaUsage>> charge) {
        if (!ready.message() || call.idempotencyKey() == null && ready.msgRandom() == null) {
            return work(endpoint, call, ready, charge);
        }
        String header = call.idempotencyKey();
        if (header != null && header.length() > IdempotencyKey.MAX_CHARS) {
            String text = "Idempotency-Key is longer than " + IdempotencyKey.MAX_CHARS + " characters";
            return refuse(endpoint, charge, Answer.refused(RongCloudError.TOO_LONG, text));
        }
        if (header != null && header.isBlank()) {
            return refuse(endpoint, charge, Answer.refused(RongCloudError.PARAMETER, "Idempotency-Key is empty"));
        }
        IdempotencyKey key = keyOf(endpoint, call, ready);
        return idempotency
                .claim(key)
                .emitOn(call.eventLoop())
                .flatMap(claim -> onClaim(claim, key, endpoint, call, ready, charge));
    }

    private static IdempotencyKey keyOf(Endpoint endpoint, Call call, Prepared.Ready ready) {
        String app = call.app().key();
        String name = endpoint.quota().endpoint();
        return call.idempotencyKey() != null
                ? IdempotencyKey.ofHeader(app, name, call.idempotencyKey(), call.body())
                : IdempotencyKey.ofMsgRandom(app, name, ready.msgRandom(), call.body());
    }

    private Uni<Reply> onClaim(
            Claim claim,
            IdempotencyKey key,
            Endpoint endpoint,
            Call call,
            Prepared.Ready ready,
            IntFunction<Uni<QuotaUsage>> charge) {
        if (claim instanceof Claim.Done done) {
            return unlessOverQuota(
                    endpoint, charge, usage -> new Reply(Answer.success(fields(done.answer())), usage, null, true));
        }
        if (claim instanceof Claim.InFlight) {
            Answer answer = Answer.refused(
                    RongCloudError.QUOTA, "A call with this idempotency key is being worked on, try again.");
            return unlessOverQuota(endpoint, charge, usage -> new Reply(answer, usage, TRY_AGAIN, false));
        }
        if (claim instanceof Claim.OtherCall) {
            String text = "This idempotency key was used for a call with another body.";
            return refuse(endpoint, charge, Answer.refused(RongCloudError.PARAMETER, text));
        }
        return work(endpoint, call, ready, charge)
                .flatMap(reply -> remember(key, reply.answer()).replaceWith(reply));
    }

    /** What is not carried out counts what a refusal does. */
    static Uni<Reply> unlessOverQuota(
            Endpoint endpoint, IntFunction<Uni<QuotaUsage>> charge, Function<QuotaUsage, Reply> reply) {
        return charge.apply(endpoint.quota().costOfRefusal())
                .map(usage -> usage.admitted() ? reply.apply(usage) : Reply.overQuota(usage, 1));
    }

    static Uni<Reply> refuse(Endpoint endpoint, IntFunction<Uni<QuotaUsage>> charge, Answer.Refused refused) {
        return unlessOverQuota(endpoint, charge, usage -> Reply.of(refused, usage));
    }

    private Uni<Void> remember(IdempotencyKey key, Answer answer) {
        return answer instanceof Answer.Success success
                ? idempotency.finish(key, new String(Json.write(success.fields()), StandardCharsets.UTF_8))
                : idempotency.free(key);
    }

    private static Uni<Reply> work(
            Endpoint endpoint, Call call, Prepared.Ready ready, IntFunction<Uni<QuotaUsage>> charge) {
        return charge.apply(ready.cost()).flatMap(usage -> {
            if (!usage.admitted()) {
                return Uni.createFrom().item(Reply.overQuota(usage, ready.cost()));
            }
            return ready.work()
                    .get()
                    .onFailure()
                    .recoverWithItem(e -> CallHandler.answerTo(endpoint, call.app(), e))
                    .flatMap(answer -> settle(endpoint, ready, charge, usage, answer));
        });
    }

    /** Where an app has a few calls a day, none is lost to what went wrong here. */
    private static Uni<Reply> settle(
            Endpoint endpoint,
            Prepared.Ready ready,
            IntFunction<Uni<QuotaUsage>> charge,
            QuotaUsage usage,
            Answer answer) {
        boolean givenBack = answer instanceof Answer.Refused && endpoint.quota().costOfRefusal() == 0;
        Uni<QuotaUsage> after =
                givenBack ? charge.apply(-ready.cost()) : Uni.createFrom().item(usage);
        return after.map(now -> Reply.of(answer, now));
    }

    private static Map<String, Object> fields(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kept answer is not JSON", e);
        }
    }
}
