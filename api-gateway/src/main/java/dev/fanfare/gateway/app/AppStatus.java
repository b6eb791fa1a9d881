package dev.fanfare.gateway.app;

/** Whether an app may call. A deleted app stays in the table, so that its callers are told so and its key is not reused. */
public enum AppStatus {
    ACTIVE,
    LOCKED,
    DELETED
}
