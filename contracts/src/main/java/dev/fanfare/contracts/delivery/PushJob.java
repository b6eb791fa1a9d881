package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * One push notification to devices of one user: a record of {@code fanfare.delivery.push.v1}.
 *
 * @param deviceIds which of the user's devices; those that have no token when the job is worked on are left out
 * @param message what is pushed about; its content may be left out
 */
@JsonPropertyOrder({"appKey", "userId", "deviceIds", "message", "push"})
public record PushJob(
        String appKey, String userId, List<String> deviceIds, ClientMessage message, PushNotification push) {}
