package dev.fanfare.gateway.rongcloud.user;

import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormEndpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import dev.fanfare.gateway.user.AccessControl;
import dev.fanfare.gateway.user.BlockedUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /user/block.json}, {@code /user/unblock.json} and {@code /user/block/query.json}: who is kept out for a while. */
@ApplicationScoped
public class UserBlockEndpoints {

    private static final int USERS_PER_CALL = 20;
    private static final int MAX_MINUTES = 43_200;

    /** Without a page: the first of all. */
    private static final int NO_PAGE = 0;

    private static final int USERS_WITHOUT_PAGE = 1000;
    private static final int PAGE_SIZE = 50;
    private static final int MAX_PAGE_SIZE = 1000;

    private static final DateTimeFormatter END =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final AccessControl access;

    UserBlockEndpoints(AccessControl access) {
        this.access = access;
    }

    @Produces
    @Singleton
    Endpoint block() {
        return new FormEndpoint(EndpointQuota.USER_BLOCK, this::block);
    }

    @Produces
    @Singleton
    Endpoint unblock() {
        return new FormEndpoint(EndpointQuota.USER_UNBLOCK, this::unblock);
    }

    /** The vendor's SDKs ask for the first page with an empty body. */
    @Produces
    @Singleton
    Endpoint blocked() {
        return FormEndpoint.withOptionalBody(EndpointQuota.USER_BLOCK_QUERY, this::blocked);
    }

    private Prepared block(String appKey, FormFields form) {
        List<String> userIds = userIds(form);
        Integer minutes = form.integer("minute");
        FieldRules rules = new FieldRules()
                .ids("userId", userIds, USERS_PER_CALL)
                .required("minute", minutes)
                .optionalRange("minute", minutes, 1, MAX_MINUTES);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> access.block(appKey, userIds, Duration.ofMinutes(minutes))
                        .replaceWith(Answer::success)));
    }

    private Prepared unblock(String appKey, FormFields form) {
        List<String> userIds = userIds(form);
        FieldRules rules = new FieldRules().ids("userId", userIds, USERS_PER_CALL);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() ->
                        Prepared.ready(() -> access.unblock(appKey, userIds).replaceWith(Answer::success)));
    }

    private Prepared blocked(String appKey, FormFields form) {
        Integer page = form.integer("page");
        Integer size = form.integer("size");
        FieldRules rules = new FieldRules()
                .optionalRange("page", page, NO_PAGE, Integer.MAX_VALUE)
                .optionalRange("size", size, 1, MAX_PAGE_SIZE);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> (page == null || page == NO_PAGE
                                ? access.blocked(appKey, 0, USERS_WITHOUT_PAGE)
                                : access.blocked(appKey, first(page, size(size)), size(size)))
                        .map(UserBlockEndpoints::answer)));
    }

    private static int size(Integer given) {
        return given == null ? PAGE_SIZE : given;
    }

    private static int first(int page, int size) {
        return (int) Math.min((page - 1L) * size, Integer.MAX_VALUE);
    }

    private static Answer answer(List<BlockedUser> blocked) {
        return Answer.success(
                Map.of("users", blocked.stream().map(UserBlockEndpoints::entry).toList()));
    }

    private static Map<String, Object> entry(BlockedUser user) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("userId", user.userId());
        entry.put("blockEndTime", END.format(user.until()));
        return entry;
    }

    /** Unlike {@code token/expire}, whose older SDKs join with commas, these calls repeat the field. */
    private static List<String> userIds(FormFields form) {
        List<String> given = form.texts("userId");
        return given == null ? null : given.stream().distinct().toList();
    }
}
