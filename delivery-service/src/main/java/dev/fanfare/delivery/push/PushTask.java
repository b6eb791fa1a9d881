package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.push.sent.PushKey;
import dev.fanfare.delivery.recall.MessageKey;
import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done for one device of a job.
 *
 * @param firstAt when the job was written first
 * @param expiresAt from then on it is not worth trying
 * @param claim whether it is this node's to do
 * @param trace the place in a trace that it comes from; not valid for most
 * @param span of what is done now; not valid before it is begun, and for most
 */
record PushTask(
        PushJob job,
        PushKey key,
        Instant firstAt,
        Instant expiresAt,
        PushClaims.Claim claim,
        SpanContext trace,
        Span span) {

    static PushTask of(
            PushJob job,
            String deviceId,
            Instant firstAt,
            Instant expiresAt,
            PushClaims.Claim claim,
            SpanContext trace) {
        DeviceRef device = new DeviceRef(job.appKey(), job.userId(), deviceId);
        return new PushTask(
                job,
                new PushKey(device, job.message().messageUID()),
                firstAt,
                expiresAt,
                claim,
                trace,
                Span.getInvalid());
    }

    /** The same, from the moment on in which it is worked on. */
    PushTask begun(Tracing tracing) {
        if (!trace.isSampled()) {
            return this;
        }
        Span begun = tracing.begin("push", SpanKind.CLIENT, trace)
                .setAttribute(SpanAttributes.APP_KEY, job.appKey())
                .setAttribute(SpanAttributes.MESSAGE_UID, key.messageUid())
                .setAttribute(SpanAttributes.ATTEMPTS, attempts());
        return new PushTask(job, key, firstAt, expiresAt, claim, trace, begun);
    }

    /** How often it could not be done so far. */
    int attempts() {
        return job.retry() == null ? 0 : job.retry().attempts();
    }

    MessageKey message() {
        return new MessageKey(job.appKey(), job.message().messageUID());
    }

    /** The push in whose place it is to be shown; empty for most. */
    Optional<PushKey> replaced() {
        return Optional.ofNullable(job.replaces()).map(uid -> new PushKey(key.device(), uid));
    }

    /** Whether it is one of very many. */
    boolean isBulk() {
        return Boolean.TRUE.equals(job.bulk());
    }

    /** Whether it was put off before. */
    boolean isRetry() {
        return job.retry() != null;
    }

    /** The job for this device alone. */
    PushJob jobOfDevice(PushJob.Retry retry) {
        return job.forDevices(List.of(key.device().deviceId()), retry);
    }
}
