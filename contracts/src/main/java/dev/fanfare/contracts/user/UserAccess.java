package dev.fanfare.contracts.user;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Which tokens of a user the client edge lets in: a record of the compacted {@code fanfare.user.access.v1}. Every
 * delivery node holds the last one of each user, so that a connect needs no database.
 *
 * @param tokensInvalidBefore tokens that were issued before this time (ms since 1970) are refused
 */
@JsonPropertyOrder({"appKey", "userId", "tokensInvalidBefore"})
public record UserAccess(String appKey, String userId, long tokensInvalidBefore) {}
