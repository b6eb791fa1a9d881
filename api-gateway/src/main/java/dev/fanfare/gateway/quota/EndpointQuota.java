package dev.fanfare.gateway.quota;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How often each endpoint may be called, per app: RongCloud's figures. An app may have a limit of its own for an endpoint
 * ({@code quotas} in the admin API); the period stays. What one call costs is the endpoint's business: groups for a group
 * status message, recipients for a system message, one for everything else and for every refused call.
 */
public enum EndpointQuota {
    ONLINE_BROADCAST("message/online/broadcast", 60, Duration.ofMinutes(1)),
    GROUP_STATUS("statusmessage/group/publish", 20, Duration.ofSeconds(1)),
    SYSTEM_TEMPLATE("message/system/publish_template", 100, Duration.ofSeconds(1)),
    SYSTEM("message/system/publish", 100, Duration.ofSeconds(1)),
    USER_GET_TOKEN("user/getToken", 200, Duration.ofSeconds(1)),
    USER_REFRESH("user/refresh", 100, Duration.ofSeconds(1)),
    USER_INFO("user/info", 100, Duration.ofSeconds(1)),
    USER_CHECK_ONLINE("user/checkOnline", 100, Duration.ofSeconds(1)),
    USER_TOKEN_EXPIRE("user/token/expire", 100, Duration.ofSeconds(1)),
    USER_BLOCK("user/block", 100, Duration.ofSeconds(1)),
    USER_UNBLOCK("user/unblock", 100, Duration.ofSeconds(1)),
    USER_BLOCK_QUERY("user/block/query", 100, Duration.ofSeconds(1)),
    USER_QUIET_SET("user/blockPushPeriod/set", 100, Duration.ofSeconds(1)),
    USER_QUIET_GET("user/blockPushPeriod/get", 100, Duration.ofSeconds(1)),
    USER_QUIET_DELETE("user/blockPushPeriod/delete", 100, Duration.ofSeconds(1)),
    USER_GROUPS("user/group/query", 100, Duration.ofSeconds(1)),
    GROUP_CREATE("group/create", 100, Duration.ofSeconds(1)),
    GROUP_JOIN("group/join", 100, Duration.ofSeconds(1)),
    GROUP_QUIT("group/quit", 100, Duration.ofSeconds(1)),
    GROUP_DISMISS("group/dismiss", 100, Duration.ofSeconds(1)),
    GROUP_REFRESH("group/refresh", 100, Duration.ofSeconds(1)),
    GROUP_SYNC("group/sync", 100, Duration.ofSeconds(1)),
    GROUP_MEMBERS("group/user/query", 100, Duration.ofSeconds(1)),
    /** Fanfare's own; all its methods together. */
    DEVICES("fanfare/v1/devices", 100, Duration.ofSeconds(1)),
    /** Fanfare's own. */
    USER_DATA("fanfare/v1/users", 100, Duration.ofSeconds(1)),
    /** Fanfare's own. */
    MESSAGE_OUTCOMES("fanfare/v1/messages", 100, Duration.ofSeconds(1));

    private final String endpoint;
    private final int limit;
    private final Duration period;

    EndpointQuota(String endpoint, int limit, Duration period) {
        this.endpoint = endpoint;
        this.limit = limit;
        this.period = period;
    }

    public static Optional<EndpointQuota> of(String endpoint) {
        return Arrays.stream(values())
                .filter(quota -> quota.endpoint.equals(endpoint))
                .findFirst();
    }

    /** The endpoint's path without the leading slash and {@code .json}. */
    public String endpoint() {
        return endpoint;
    }

    /** The vendor's limit. */
    public int limit() {
        return limit;
    }

    public Duration period() {
        return period;
    }
}
