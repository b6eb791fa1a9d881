package dev.fanfare.gateway.audit;

import java.time.Instant;

/**
 * An act as it was recorded.
 *
 * @param id rises; entries of different gateways may become visible a moment later than one with a higher id
 * @param outcome {@link AuditLog#DONE}, {@link AuditLog#STARTED}, or the reason of the refusal
 */
public record AuditEntry(long id, Instant at, Act act, String outcome) {}
