package dev.fanfare.delivery.recall;

/** Names a message. */
public record MessageKey(String appKey, String messageUid) {}
