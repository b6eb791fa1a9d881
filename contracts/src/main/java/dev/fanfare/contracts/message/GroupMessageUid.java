package dev.fanfare.contracts.message;

/** Which id the message to one group has. */
public record GroupMessageUid(String groupId, String messageUID) {}
