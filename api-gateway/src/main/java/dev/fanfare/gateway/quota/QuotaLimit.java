package dev.fanfare.gateway.quota;

/** At most so much in a period. */
public record QuotaLimit(int most, QuotaPeriod period) {}
