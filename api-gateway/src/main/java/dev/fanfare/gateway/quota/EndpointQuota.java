package dev.fanfare.gateway.quota;

import static dev.fanfare.gateway.quota.QuotaPeriod.DAY;
import static dev.fanfare.gateway.quota.QuotaPeriod.HOUR;
import static dev.fanfare.gateway.quota.QuotaPeriod.MINUTE;
import static dev.fanfare.gateway.quota.QuotaPeriod.SECOND;

import java.util.List;

/**
 * How often each endpoint may be called, per app: the vendors' figures. An app may have a limit of its own for each {@link
 * QuotaWindow} ({@code limits} in the admin API); the periods stay. What one call costs is the endpoint's business: groups
 * for a group status message, recipients for a system message, one for everything else.
 */
public enum EndpointQuota {
    ONLINE_BROADCAST("message/online/broadcast", MINUTE.most(60)),
    GROUP_STATUS("statusmessage/group/publish", SECOND.most(20)),
    SYSTEM_TEMPLATE("message/system/publish_template", SECOND.most(100)),
    SYSTEM("message/system/publish", SECOND.most(100)),
    ALL_USERS("message/broadcast", HOUR.most(2), DAY.most(3)),
    PUSH("push", ALL_USERS),
    PUSH_USER("push/user", SECOND.most(100)),
    ALL_USERS_RECALL("message/broadcast/recall", HOUR.most(2), DAY.most(3)),
    RECALL("message/recall", SECOND.most(100)),
    USER_GET_TOKEN("user/getToken", SECOND.most(200)),
    USER_REFRESH("user/refresh", SECOND.most(100)),
    USER_INFO("user/info", SECOND.most(100)),
    USER_CHECK_ONLINE("user/checkOnline", SECOND.most(100)),
    USER_TOKEN_EXPIRE("user/token/expire", SECOND.most(100)),
    USER_BLOCK("user/block", SECOND.most(100)),
    USER_UNBLOCK("user/unblock", SECOND.most(100)),
    USER_BLOCK_QUERY("user/block/query", SECOND.most(100)),
    USER_QUIET_SET("user/blockPushPeriod/set", SECOND.most(100)),
    USER_QUIET_GET("user/blockPushPeriod/get", SECOND.most(100)),
    USER_QUIET_DELETE("user/blockPushPeriod/delete", SECOND.most(100)),
    USER_TAG_SET("user/tag/set", SECOND.most(100)),
    USER_TAG_BATCH_SET("user/tag/batch/set", SECOND.most(100)),
    USER_TAGS("user/tags/get", SECOND.most(100)),
    USER_GROUPS("user/group/query", SECOND.most(100)),
    GROUP_CREATE("group/create", SECOND.most(100)),
    GROUP_JOIN("group/join", SECOND.most(100)),
    GROUP_QUIT("group/quit", SECOND.most(100)),
    GROUP_DISMISS("group/dismiss", SECOND.most(100)),
    GROUP_REFRESH("group/refresh", SECOND.most(100)),
    GROUP_SYNC("group/sync", SECOND.most(100)),
    GROUP_MEMBERS("group/user/query", SECOND.most(100)),
    /** Fanfare's own; all its methods together. */
    DEVICES("fanfare/v1/devices", SECOND.most(100)),
    /** Fanfare's own. */
    USER_DATA("fanfare/v1/users", SECOND.most(100)),
    /** Fanfare's own. */
    MESSAGE_OUTCOMES("fanfare/v1/messages", SECOND.most(100)),
    /** Fanfare's own: a new message to all users. */
    BROADCASTS("fanfare/v1/broadcasts", MINUTE.most(60)),
    /** Fanfare's own: what became of such a message, and its end. */
    BROADCAST_JOBS("fanfare/v1/broadcasts/jobs", SECOND.most(100)),
    /** From here on ZIM's API, by action. */
    ZIM_ALL_USERS("zim/SendMessageToAllUsers", SECOND.most(1), DAY.most(100)),
    ZIM_PEER_MESSAGE("zim/SendPeerMessage", SECOND.most(20)),
    ZIM_GROUP_MESSAGE("zim/SendGroupMessage", SECOND.most(10)),
    ZIM_USER_REGISTER("zim/UserRegister", SECOND.most(20)),
    ZIM_USER_INFOS("zim/QueryUserInfos", SECOND.most(20)),
    ZIM_USER_MODIFY("zim/ModifyUserInfo", SECOND.most(20)),
    ZIM_USER_STATE("zim/QueryUserOnlineState", SECOND.most(20)),
    ZIM_GROUP_CREATE("zim/CreateGroup", SECOND.most(20)),
    /** For each group of an app. */
    ZIM_GROUP_INVITE("zim/InviteUsersIntoGroup", SECOND.most(1)),
    ZIM_GROUP_KICKOUT("zim/KickoutGroupUser", SECOND.most(20)),
    /** For each group of an app. */
    ZIM_GROUP_DISMISS("zim/DismissGroup", SECOND.most(1)),
    ZIM_GROUP_MEMBERS("zim/QueryGroupMemberList", SECOND.most(20));

    private final String endpoint;
    private final EndpointQuota counter;
    private final List<QuotaLimit> limits;

    EndpointQuota(String endpoint, QuotaLimit... limits) {
        this.endpoint = endpoint;
        this.counter = this;
        this.limits = List.of(limits);
    }

    /** One whose calls count as calls of another. */
    EndpointQuota(String endpoint, EndpointQuota counter) {
        this.endpoint = endpoint;
        this.counter = counter;
        this.limits = counter.limits;
    }

    /** The endpoint's path without the leading slash and {@code .json}. */
    public String endpoint() {
        return endpoint;
    }

    /** Where its calls are counted: itself, unless it shares the quota of another. */
    public EndpointQuota counter() {
        return counter;
    }

    /** The vendor's, each with another period; all of them hold. */
    public List<QuotaLimit> limits() {
        return limits;
    }

    /**
     * What a call counts that is refused for another reason than the quota. Where calls are counted by the second or minute
     * it counts as a call, so that nobody hammers; where an app has a few calls a day none is lost to a typing error.
     */
    public int costOfRefusal() {
        return limits.stream().allMatch(limit -> limit.period().compareTo(QuotaPeriod.MINUTE) <= 0) ? 1 : 0;
    }
}
