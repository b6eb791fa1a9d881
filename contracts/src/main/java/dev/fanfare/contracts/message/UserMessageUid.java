package dev.fanfare.contracts.message;

/** Which id the message of one recipient has. */
public record UserMessageUid(String userId, String messageUID) {}
