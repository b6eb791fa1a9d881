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

    Uni<Reply> perform(Endpoint endpoint, Call call, Prepared.Ready ready, QuotaUsage usage) {
        if (!ready.message() || call.idempotencyKey() == null && ready.msgRandom() == null) {
            return work(endpoint, call, ready).map(answer -> Reply.of(answer, usage));
        }
        String header = call.idempotencyKey();
        if (header != null && header.length() > IdempotencyKey.MAX_CHARS) {
            String text = "Idempotency-Key is longer than " + IdempotencyKey.MAX_CHARS + " characters";
            return reply(Answer.refused(RongCloudError.TOO_LONG, text), usage);
        }
        if (header != null && header.isBlank()) {
            return reply(Answer.refused(RongCloudError.PARAMETER, "Idempotency-Key is empty"), usage);
        }
        IdempotencyKey key = keyOf(endpoint, call, ready);
        return idempotency
                .claim(key)
                .emitOn(call.eventLoop())
                .flatMap(claim -> onClaim(claim, key, endpoint, call, ready, usage));
    }

    private static IdempotencyKey keyOf(Endpoint endpoint, Call call, Prepared.Ready ready) {
        String app = call.app().key();
        String name = endpoint.quota().endpoint();
        return call.idempotencyKey() != null
                ? IdempotencyKey.ofHeader(app, name, call.idempotencyKey(), call.body())
                : IdempotencyKey.ofMsgRandom(app, name, ready.msgRandom(), call.body());
    }

    private Uni<Reply> onClaim(
            Claim claim, IdempotencyKey key, Endpoint endpoint, Call call, Prepared.Ready ready, QuotaUsage usage) {
        if (claim instanceof Claim.Done done) {
            return Uni.createFrom().item(new Reply(Answer.success(fields(done.answer())), usage, null, true));
        }
        if (claim instanceof Claim.InFlight) {
            Answer answer = Answer.refused(
                    RongCloudError.QUOTA, "A call with this idempotency key is being worked on, try again.");
            return Uni.createFrom().item(new Reply(answer, usage, TRY_AGAIN, false));
        }
        if (claim instanceof Claim.OtherCall) {
            String text = "This idempotency key was used for a call with another body.";
            return reply(Answer.refused(RongCloudError.PARAMETER, text), usage);
        }
        return work(endpoint, call, ready)
                .flatMap(answer -> remember(key, answer).replaceWith(Reply.of(answer, usage)));
    }

    private Uni<Void> remember(IdempotencyKey key, Answer answer) {
        return answer instanceof Answer.Success success
                ? idempotency.finish(key, new String(Json.write(success.fields()), StandardCharsets.UTF_8))
                : idempotency.free(key);
    }

    private static Uni<Answer> work(Endpoint endpoint, Call call, Prepared.Ready ready) {
        return ready.work().get().onFailure().recoverWithItem(e -> CallHandler.answerTo(endpoint, call.app(), e));
    }

    private static Uni<Reply> reply(Answer answer, QuotaUsage usage) {
        return Uni.createFrom().item(Reply.of(answer, usage));
    }

    private static Map<String, Object> fields(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kept answer is not JSON", e);
        }
    }
}
