package dev.fanfare.groupstatus.group;

import dev.fanfare.groupstatus.group.ChangeOutcome.Done;
import dev.fanfare.groupstatus.group.ChangeOutcome.Full;
import dev.fanfare.groupstatus.group.ChangeOutcome.NoSuchGroup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Changes groups and their members. Every change is one transaction, and repeating it is harmless. Whoever adds members
 * holds the lock of the group's row meanwhile, so that concurrent calls, also on other nodes, cannot exceed its limit
 * together; who needs several groups locks them in the order of their ids. Call on a Vert.x context; a failure is a
 * {@link DatabaseAwayException}.
 */
@ApplicationScoped
public class Groups {

    /** Creates the group, or takes what was given for one that is there, and locks its row either way. */
    private static final String CREATE_AND_LOCK =
            """
            insert into groups.app_group as present (app_key, group_id, name, max_member, owner_id)
            values (:app, :group, cast(:name as text), coalesce(cast(:max as integer), :default), cast(:owner as text))
            on conflict (app_key, group_id) do update set
                name = coalesce(excluded.name, present.name),
                max_member = coalesce(cast(:max as integer), present.max_member)
            returning max_member
            """;

    private static final String ADD =
            """
            insert into groups.member (app_key, group_id, user_id)
            select :app, :group, user_id from unnest(cast(:users as text[])) as user_id
            on conflict do nothing
            """;

    private static final String COUNT = "select count(*) from Member where appKey = :app and groupId = :group";

    private static final String REMOVE =
            "delete from Member where appKey = :app and groupId = :group and userId in (:users)";

    private static final String LEAVE_OTHERS =
            """
            delete from groups.member where app_key = :app and user_id = :user
            and not group_id = any(cast(:groups as text[]))
            """;

    private static final String DISMISS = "delete from Group where appKey = :app and groupId = :group";

    private static final String RENAME = "update Group set name = :name where appKey = :app and groupId = :group";

    private final Database database;
    private final int maxMembers;

    Groups(Database database, GroupsConfig config) {
        this.database = database;
        this.maxMembers = config.maxMembers();
    }

    /**
     * Creates the group or adds to it; who is a member already stays one.
     *
     * @param name null: as it is
     * @param maxMember null: as it is, or the default for a new group
     * @param owner of a new group; one that is there keeps its own. Null: nobody in particular
     */
    public Uni<ChangeOutcome> add(
            String app, String group, String name, List<String> users, Integer maxMember, String owner) {
        return database.change((session, transaction) -> add(session, app, group, name, users, maxMember, owner)
                .invoke(outcome -> {
                    if (!(outcome instanceof Done)) {
                        transaction.markForRollback();
                    }
                }));
    }

    /** Who is not a member, or of no group, is fine. */
    public Uni<ChangeOutcome> remove(String app, String group, List<String> users) {
        return database.change((session, transaction) -> session.createMutationQuery(REMOVE)
                .setParameter("app", app)
                .setParameter("group", group)
                .setParameter("users", users)
                .executeUpdate()
                .replaceWith(new Done()));
    }

    /** Removes the group with all its members. */
    public Uni<ChangeOutcome> dismiss(String app, String group) {
        return database.change((session, transaction) -> session.createMutationQuery(DISMISS)
                .setParameter("app", app)
                .setParameter("group", group)
                .executeUpdate()
                .replaceWith(new Done()));
    }

    public Uni<ChangeOutcome> rename(String app, String group, String name) {
        return database.change((session, transaction) -> session.createMutationQuery(RENAME)
                .setParameter("app", app)
                .setParameter("group", group)
                .setParameter("name", name)
                .executeUpdate()
                .map(renamed -> renamed == 0 ? new NoSuchGroup(group) : new Done()));
    }

    /** From now on the user is in these groups and in no other; those that are not there are created. */
    public Uni<ChangeOutcome> sync(String app, String user, List<NamedGroup> groups) {
        List<NamedGroup> inLockOrder =
                groups.stream().sorted(Comparator.comparing(NamedGroup::id)).toList();
        return database.change((session, transaction) -> leaveOthers(session, app, user, groups)
                .chain(() -> addToAll(session, app, user, inLockOrder))
                .invoke(outcome -> {
                    if (!(outcome instanceof Done)) {
                        transaction.markForRollback();
                    }
                }));
    }

    private static Uni<Integer> leaveOthers(
            StatelessSession session, String app, String user, List<NamedGroup> groups) {
        return session.createNativeQuery(LEAVE_OTHERS)
                .setParameter("app", app)
                .setParameter("user", user)
                .setParameter("groups", groups.stream().map(NamedGroup::id).toArray(String[]::new))
                .executeUpdate();
    }

    /** One after the other; the first that is full ends it. */
    private Uni<ChangeOutcome> addToAll(StatelessSession session, String app, String user, List<NamedGroup> groups) {
        return Multi.createFrom()
                .iterable(groups)
                .onItem()
                .transformToUniAndConcatenate(
                        group -> add(session, app, group.id(), group.name(), List.of(user), null, null))
                .filter(outcome -> !(outcome instanceof Done))
                .toUni()
                .onItem()
                .ifNull()
                .continueWith(new Done());
    }

    private Uni<ChangeOutcome> add(
            StatelessSession session,
            String app,
            String group,
            String name,
            List<String> users,
            Integer maxMember,
            String owner) {
        return createAndLock(session, app, group, name, maxMember, owner)
                .chain(limit -> insert(session, app, group, users)
                        .chain(added -> added == 0 ? Uni.createFrom().item(0L) : count(session, app, group))
                        .map(members -> members > limit ? new Full(group, limit) : new Done()));
    }

    private Uni<Integer> createAndLock(
            StatelessSession session, String app, String group, String name, Integer maxMember, String owner) {
        return session.createNativeQuery(CREATE_AND_LOCK, Integer.class)
                .setParameter("app", app)
                .setParameter("group", group)
                .setParameter("name", name)
                .setParameter("max", maxMember)
                .setParameter("default", maxMembers)
                .setParameter("owner", owner)
                .getSingleResult();
    }

    private static Uni<Integer> insert(StatelessSession session, String app, String group, List<String> users) {
        return session.createNativeQuery(ADD)
                .setParameter("app", app)
                .setParameter("group", group)
                .setParameter("users", users.toArray(String[]::new))
                .executeUpdate();
    }

    private static Uni<Long> count(StatelessSession session, String app, String group) {
        return session.createSelectionQuery(COUNT, Long.class)
                .setParameter("app", app)
                .setParameter("group", group)
                .getSingleResult();
    }
}
