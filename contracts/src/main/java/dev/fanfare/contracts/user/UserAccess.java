package dev.fanfare.contracts.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Who of an app's users the client edge lets in, and with which tokens: a record of the compacted {@code
 * fanfare.user.access.v1}. Every delivery node holds the last one of each user, so that a connect needs no database.
 *
 * <p>A record carries all that holds for its user, never a part of it, for compaction keeps only one. Two gateways may
 * write in the other order than they changed the user. Readers therefore take {@code blockedUntil} from the record with
 * the higher {@code version}, and the highest {@code tokensInvalidBefore} they ever saw, for a cut is never taken back
 * but a block may be; writers see to it that the last record of a key is the newest.
 *
 * @param tokensInvalidBefore tokens that were issued before this time (ms since 1970) are refused
 * @param blockedUntil until this time (ms since 1970) the user is refused whatever the token; 0 or absent: not blocked
 * @param version rises with every change of the user; 0 or absent: written before there were versions, older than any
 */
@JsonPropertyOrder({"appKey", "userId", "tokensInvalidBefore", "blockedUntil", "version"})
public record UserAccess(
        String appKey,
        String userId,
        long tokensInvalidBefore,
        @JsonInclude(Include.NON_DEFAULT) long blockedUntil,
        @JsonInclude(Include.NON_DEFAULT) long version) {}
