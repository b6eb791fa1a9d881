package dev.fanfare.delivery.push.webhook;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.delivery.push.Push;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the receiver gets.
 *
 * @param id the same whenever this push of this message to this device is sent: {@code messageUID:deviceId}, with all
 *     but letters, digits, {@code -} and {@code _} of the device id percent-encoded
 * @param expiresAt ISO 8601, UTC
 */
@JsonPropertyOrder({
    "id",
    "appKey",
    "userId",
    "deviceId",
    "token",
    "title",
    "body",
    "data",
    "silent",
    "message",
    "options",
    "expiresAt"
})
record WebhookPush(
        String id,
        String appKey,
        String userId,
        String deviceId,
        String token,
        String title,
        String body,
        String data,
        boolean silent,
        About message,
        Map<String, String> options,
        String expiresAt) {

    /** The message without its content. */
    @JsonPropertyOrder({"messageUID", "conversationType", "targetId", "fromUserId", "objectName", "sentTime"})
    record About(
            String messageUID,
            ConversationType conversationType,
            String targetId,
            String fromUserId,
            String objectName,
            long sentTime) {}

    static WebhookPush of(Push push) {
        ClientMessage message = push.message();
        return new WebhookPush(
                message.messageUID() + ":" + encoded(push.device().deviceId()),
                push.device().appKey(),
                push.device().userId(),
                push.device().deviceId(),
                push.device().token().reveal(),
                push.title(),
                push.body(),
                push.data(),
                push.silent(),
                new About(
                        message.messageUID(),
                        message.conversationType(),
                        message.targetId(),
                        message.fromUserId(),
                        message.objectName(),
                        message.sentTime()),
                push.options(),
                push.expiresAt().toString());
    }

    byte[] json() {
        return Json.write(this);
    }

    /** Fit for a header, and without the dot that separates what is signed. */
    private static String encoded(String deviceId) {
        StringBuilder text = new StringBuilder();
        for (byte b : deviceId.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_';
            text.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
        }
        return text.toString();
    }
}
