package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** One push notification to the devices of one user: a record of {@code fanfare.delivery.push.v1}. */
@JsonPropertyOrder({"appKey", "userId", "message", "push"})
public record PushJob(String appKey, String userId, ClientMessage message, PushNotification push) {}
