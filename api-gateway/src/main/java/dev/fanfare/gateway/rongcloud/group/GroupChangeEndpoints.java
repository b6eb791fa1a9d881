package dev.fanfare.gateway.rongcloud.group;

import dev.fanfare.gateway.group.GroupOutcome;
import dev.fanfare.gateway.group.Groups;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormEndpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code /group/create.json}, {@code join}, {@code quit}, {@code dismiss} and {@code refresh}. The fields of the vendor's
 * optional notification ({@code bindNotifyMsg}, ...) are ignored.
 */
@ApplicationScoped
public class GroupChangeEndpoints {

    private static final int USERS_PER_CALL = 1000;

    private final Groups groups;

    GroupChangeEndpoints(Groups groups) {
        this.groups = groups;
    }

    @Produces
    @Singleton
    Endpoint create() {
        return new FormEndpoint(EndpointQuota.GROUP_CREATE, this::create);
    }

    @Produces
    @Singleton
    Endpoint join() {
        return new FormEndpoint(EndpointQuota.GROUP_JOIN, this::join);
    }

    @Produces
    @Singleton
    Endpoint quit() {
        return new FormEndpoint(EndpointQuota.GROUP_QUIT, this::quit);
    }

    @Produces
    @Singleton
    Endpoint dismiss() {
        return new FormEndpoint(EndpointQuota.GROUP_DISMISS, this::dismiss);
    }

    @Produces
    @Singleton
    Endpoint refresh() {
        return new FormEndpoint(EndpointQuota.GROUP_REFRESH, this::refresh);
    }

    private Prepared create(String appKey, FormFields form) {
        List<String> users = form.texts("userId");
        String group = form.text("groupId");
        String name = form.text("groupName");
        Integer maxMember = form.integer("maxMember");
        FieldRules rules = new FieldRules()
                .ids("userId", users, USERS_PER_CALL)
                .id("groupId", group)
                .required("groupName", name)
                .optionalName("groupName", name)
                .optionalPositive("maxMember", maxMember);
        return change(form, rules, () -> groups.create(appKey, group, name, users, maxMember));
    }

    private Prepared join(String appKey, FormFields form) {
        List<String> users = form.texts("userId");
        String group = form.text("groupId");
        String name = form.text("groupName");
        FieldRules rules = new FieldRules()
                .ids("userId", users, USERS_PER_CALL)
                .id("groupId", group)
                .optionalName("groupName", name);
        return change(form, rules, () -> groups.join(appKey, group, name, users));
    }

    private Prepared quit(String appKey, FormFields form) {
        List<String> users = form.texts("userId");
        String group = form.text("groupId");
        FieldRules rules = new FieldRules().ids("userId", users, USERS_PER_CALL).id("groupId", group);
        return change(form, rules, () -> groups.quit(appKey, group, users));
    }

    /** {@code userId} names who does it; as with the vendor, anybody may. */
    private Prepared dismiss(String appKey, FormFields form) {
        String group = form.text("groupId");
        FieldRules rules = new FieldRules().id("userId", form.text("userId")).id("groupId", group);
        return change(form, rules, () -> groups.dismiss(appKey, group));
    }

    private Prepared refresh(String appKey, FormFields form) {
        String group = form.text("groupId");
        String name = form.text("groupName");
        FieldRules rules = new FieldRules()
                .id("groupId", group)
                .required("groupName", name)
                .optionalName("groupName", name);
        return change(form, rules, () -> groups.rename(appKey, group, name));
    }

    private static Prepared change(FormFields form, FieldRules rules, Supplier<Uni<GroupOutcome>> change) {
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> change.get().map(GroupAnswers::of)));
    }
}
