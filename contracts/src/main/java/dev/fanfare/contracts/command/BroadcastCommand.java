package dev.fanfare.contracts.command;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * "Send this to everybody who is online in the app now or within the window": a record of
 * {@code fanfare.broadcast.command.v1}, with the field names of RongCloud's {@code /message/online/broadcast.json}.
 *
 * @param messageUID given by the writer; absent, it is derived from {@code ce_id}
 * @param disableUpdateLastMsg passed through to the client, which alone acts on it
 */
@JsonPropertyOrder({"messageUID", "fromUserId", "objectName", "content", "disableUpdateLastMsg"})
public record BroadcastCommand(
        String messageUID, String fromUserId, String objectName, String content, Boolean disableUpdateLastMsg) {}
