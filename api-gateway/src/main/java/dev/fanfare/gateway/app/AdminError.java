package dev.fanfare.gateway.app;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of every refusal of the admin API. */
@RegisterForReflection
record AdminError(String reason, String text) {}
