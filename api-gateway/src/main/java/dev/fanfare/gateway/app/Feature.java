package dev.fanfare.gateway.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be switched off for an app; calls of it are then answered with 1009. */
public enum Feature {
    BROADCAST("broadcast"),
    /** Messages to all users, online and offline. */
    ALL_USERS("all-users"),
    /** Pushes by tags and user ids, with or without a message. */
    PUSH("push"),
    GROUP_STATUS("group-status"),
    TEMPLATE("template"),
    SYSTEM("system");

    private final String label;

    Feature(String label) {
        this.label = label;
    }

    @JsonCreator
    static Feature of(String label) {
        return Arrays.stream(values())
                .filter(feature -> feature.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown feature, known are "
                        + Arrays.stream(values()).map(Feature::label).collect(Collectors.joining(", "))));
    }

    @JsonValue
    public String label() {
        return label;
    }
}
