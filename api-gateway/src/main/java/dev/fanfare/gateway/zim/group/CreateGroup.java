package dev.fanfare.gateway.zim.group;

import dev.fanfare.gateway.group.Groups;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.user.UserProfile;
import dev.fanfare.gateway.user.Users;
import dev.fanfare.gateway.zim.UserFailures;
import dev.fanfare.gateway.zim.UserLists;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimIds;
import dev.fanfare.gateway.zim.ZimPlan;
import dev.fanfare.gateway.zim.ZimProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code CreateGroup} ({@code wire/zego.md}, 4.9). Name and members are kept. {@code GroupNotice}, {@code GroupAvatar}, {@code
 * Attributes} and {@code CreateGroupTime} are checked and not kept; the owner may do no more than another member: groups
 * here say who gets a message. A {@code GroupId} is free again once its group was dismissed. Two calls that create the same group
 * at the same time may both succeed; the group then has the members of both.
 */
@ApplicationScoped
public class CreateGroup implements ZimAction {

    private static final String FAILURES = "ErrorUsers";
    private static final String MADE_HERE = "#";
    private static final int MADE_ID_CHARS = 20;
    private static final int NAME_CHARS = 50;
    private static final int NOTICE_BYTES = 300;
    private static final int AVATAR_BYTES = 500;
    private static final int MEMBERS = 100;
    private static final int ATTRIBUTES = 10;
    private static final int KEY_BYTES = 16;
    private static final int VALUE_BYTES = 1024;

    private final Groups groups;
    private final Users users;
    private final Clock clock;

    CreateGroup(Groups groups, Users users, Clock clock) {
        this.groups = groups;
        this.users = users;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "CreateGroup";
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_GROUP_CREATE;
    }

    @Override
    public ZimError overQuota() {
        return ZimError.CREATE_FREQUENCY;
    }

    @Override
    public Optional<String> failures() {
        return Optional.of(FAILURES);
    }

    /** @param members without the owner, each once */
    private record NewGroup(String id, String name, String owner, List<String> members) {

        List<String> everybody() {
            List<String> all = new ArrayList<>(List.of(owner));
            all.addAll(members);
            return all;
        }
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        ZimFields fields = ZimFields.of(call.body());
        NewGroup group = read(fields);
        fields.text("GroupNotice", NOTICE_BYTES, ZimError.PARAMETER);
        fields.text("GroupAvatar", AVATAR_BYTES, ZimError.PARAMETER);
        fields.number("CreateGroupTime", 0, clock.millis());
        checkAttributes(fields);
        return fields.problem()
                .map(ZimPlan::refused)
                .orElseGet(() -> ZimPlan.ready(() -> create(call.app().key(), group)));
    }

    private static NewGroup read(ZimFields fields) {
        String owner = fields.text("GroupOwner");
        fields.check(ZimIds.checkUser("GroupOwner", owner));
        String given = fields.text("GroupId");
        String id = given == null || given.isEmpty() ? madeId() : given;
        fields.check(ZimIds.checkGroup("GroupId", id));
        if (given != null && given.startsWith(MADE_HERE)) {
            fields.wrong("GroupId", "must not start with #");
        }
        String name = fields.text("GroupName");
        if (name != null && name.codePointCount(0, name.length()) > NAME_CHARS) {
            fields.wrong("GroupName", "is longer than " + NAME_CHARS + " characters");
        }
        if (name != null && name.chars().anyMatch(Character::isISOControl)) {
            fields.wrong("GroupName", "must not contain control characters");
        }
        List<String> asked = fields.texts("UserId");
        fields.check(UserLists.atMost("UserId", asked, MEMBERS, ZimError.TOO_MANY_MEMBERS));
        asked.forEach(user -> fields.check(ZimIds.checkUser("UserId", user)));
        List<String> members =
                asked.stream().distinct().filter(user -> !user.equals(owner)).toList();
        return new NewGroup(id, name == null || name.isEmpty() ? null : name, owner, members);
    }

    private static String madeId() {
        return MADE_HERE + UUID.randomUUID().toString().replace("-", "").substring(0, MADE_ID_CHARS);
    }

    private static void checkAttributes(ZimFields fields) {
        List<ZimFields> attributes = fields.objects("Attributes");
        fields.check(UserLists.atMost("Attributes", attributes, ATTRIBUTES, ZimError.TOO_MANY_ATTRIBUTES));
        for (ZimFields attribute : attributes) {
            String key = attribute.text("Key", KEY_BYTES, ZimError.ATTRIBUTE_LENGTH);
            attribute.text("Value", VALUE_BYTES, ZimError.ATTRIBUTE_LENGTH);
            if (attribute.problem().isEmpty() && (key == null || key.isEmpty())) {
                attribute.check(Optional.of(new ZimProblem(ZimError.ATTRIBUTE_LENGTH, "Attributes.Key is required")));
            }
            fields.check(attribute.problem());
        }
    }

    private Uni<ZimAnswer> create(String appKey, NewGroup group) {
        return users.find(appKey, group.everybody())
                .flatMap(known -> known.containsKey(group.owner())
                        ? createOwned(appKey, group, known)
                        : refused(ZimError.OWNER_UNKNOWN));
    }

    private Uni<ZimAnswer> createOwned(String appKey, NewGroup group, Map<String, UserProfile> known) {
        UserFailures failures = UserFailures.withCodes();
        List<String> members = failures.only(group.everybody(), known.keySet(), ZimError.NOT_REGISTERED);
        return groups.members(appKey, group.id())
                .flatMap(there -> there.isPresent()
                        ? refused(ZimError.GROUP_EXISTS)
                        : groups.createOwned(appKey, group.id(), group.name(), members, group.owner())
                                .map(outcome -> GroupRefusals.of(outcome)
                                        .orElseGet(() -> answer(group, known, members, failures))));
    }

    private static ZimAnswer answer(
            NewGroup group, Map<String, UserProfile> known, List<String> members, UserFailures failures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("GroupId", group.id());
        fields.put(
                "Members", members.stream().map(user -> entry(known.get(user))).toList());
        return failures.answer(FAILURES, members.size(), fields);
    }

    private static Map<String, Object> entry(UserProfile user) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("UserId", user.userId());
        entry.put("UserName", user.name());
        return entry;
    }

    private static Uni<ZimAnswer> refused(ZimError error) {
        return Uni.createFrom().item(ZimAnswer.refused(error));
    }
}
