package dev.fanfare.delivery.push.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.fanfare.delivery.device.Device.Environment;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushId;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushSender;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/** Sends with one key of a developer team. */
final class ApnsSender implements PushSender {

    private static final int MOST_COLLAPSE_ID_BYTES = 64;

    private final Map<Environment, ApnsClient> clients;
    private final String topic;
    private final Clock clock;

    /** @param clients may be the same for both */
    ApnsSender(Map<Environment, ApnsClient> clients, String topic, Clock clock) {
        this.clients = clients;
        this.topic = topic;
        this.clock = clock;
    }

    @Override
    public Uni<PushResult> send(Push push) {
        Optional<byte[]> payload = ApnsPayload.of(push);
        if (payload.isEmpty()) {
            return Uni.createFrom().item(new PushResult.Rejected("PayloadTooLarge", null));
        }
        SimpleApnsPushNotification notification = new SimpleApnsPushNotification(
                push.device().token().reveal(),
                push.device().appId() == null ? topic : push.device().appId(),
                new String(payload.get(), StandardCharsets.UTF_8),
                push.expiresAt(),
                push.silent() ? DeliveryPriority.CONSERVE_POWER : DeliveryPriority.IMMEDIATE,
                push.silent() ? PushType.BACKGROUND : PushType.ALERT,
                collapseId(push));
        return Uni.createFrom()
                .completionStage(() -> clients.get(push.device().environment()).sendNotification(notification))
                .map(this::result);
    }

    @Override
    public void close() {
        new HashSet<>(clients.values()).forEach(ApnsClient::close);
    }

    private PushResult result(PushNotificationResponse<SimpleApnsPushNotification> response) {
        if (response.isAccepted()) {
            return new PushResult.Accepted(
                    response.getApnsId() == null ? null : response.getApnsId().toString());
        }
        return ApnsErrors.result(
                response.getStatusCode(),
                response.getRejectionReason().orElse("status " + response.getStatusCode()),
                response.getTokenInvalidationTimestamp().orElseGet(clock::instant));
    }

    private static String collapseId(Push push) {
        String asked = push.options().get("apns-collapse-id");
        return asked != null && asked.getBytes(StandardCharsets.UTF_8).length <= MOST_COLLAPSE_ID_BYTES
                ? asked
                : PushId.of(push.message().messageUID(), MOST_COLLAPSE_ID_BYTES);
    }
}
