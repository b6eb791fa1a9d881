package dev.fanfare.contracts.command;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * "Take this message back": a record of {@code fanfare.recall.command.v1}, with the field names of RongCloud's {@code
 * message/recall} and {@code message/broadcast/recall}. Clients are told so, whoever was away does not get the message any
 * more, pushes that are not sent yet are dropped.
 *
 * @param messageUID of the recall itself, given by the writer; absent, it is derived from {@code ce_id}
 * @param recalledUID the message to take back
 * @param fromUserId who sent it
 * @param toUserId the user who got it; null: it was for all users of the app
 * @param sentTime of the message, ms since 1970; null: unknown
 * @param isAdmin 1: an administrator takes it back, clients may say so; null: 0
 * @param isDelete 1: clients remove the message and show no notice; null: 0
 * @param extra for the clients
 */
@JsonPropertyOrder({
    "messageUID",
    "recalledUID",
    "fromUserId",
    "toUserId",
    "sentTime",
    "isAdmin",
    "isDelete",
    "extra",
    "disableUpdateLastMsg"
})
public record RecallCommand(
        String messageUID,
        String recalledUID,
        String fromUserId,
        String toUserId,
        Long sentTime,
        Integer isAdmin,
        Integer isDelete,
        String extra,
        Boolean disableUpdateLastMsg) {}
