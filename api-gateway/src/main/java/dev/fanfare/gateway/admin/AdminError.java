package dev.fanfare.gateway.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of every refusal of the admin API. */
@RegisterForReflection
public record AdminError(String reason, String text) {}
