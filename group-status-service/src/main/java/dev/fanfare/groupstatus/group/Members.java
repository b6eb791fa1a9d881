package dev.fanfare.groupstatus.group;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells who is in which group. Call on a Vert.x context; a failure is a {@link DatabaseAwayException}. */
@ApplicationScoped
public class Members {

    /**
     * SQL, for every command asks this: the first HQL of a process takes the parser seconds on a busy machine, in which
     * the commands of its partitions wait.
     */
    private static final String OF_GROUPS =
            """
            select group_id, user_id from groups.member
            where app_key = :app and group_id = any(cast(:groups as text[])) order by group_id, user_id
            """;

    private static final String GROUP = "from Group where appKey = :app and groupId = :group";

    private static final String GROUPS_OF =
            """
            select new dev.fanfare.groupstatus.group.NamedGroup(g.groupId, g.name)
            from Member m join Group g on g.appKey = m.appKey and g.groupId = m.groupId
            where m.appKey = :app and m.userId = :user order by g.groupId
            """;

    private final Database database;

    Members(Database database) {
        this.database = database;
    }

    /** The members of these groups, sorted; a group without any, or that is none, is absent. One query. */
    public Uni<Map<String, List<String>>> of(String app, Collection<String> groups) {
        return database.read(session -> session.createNativeQuery(OF_GROUPS, Object[].class)
                        .setParameter("app", app)
                        .setParameter("groups", groups.toArray(String[]::new))
                        .getResultList())
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> (String) row[0],
                                Collectors.mapping(row -> (String) row[1], Collectors.toList()))));
    }

    /**
     * Who is in a group.
     *
     * @param ownerId who it was created for, a member or not; null: nobody in particular
     * @param userIds sorted
     */
    public record MembersOfGroup(String ownerId, List<String> userIds) {}

    /** Empty: there is no such group. */
    public Uni<Optional<MembersOfGroup>> of(String app, String group) {
        return find(app, group)
                .chain(found -> found == null
                        ? Uni.createFrom().item(Optional.empty())
                        : of(app, List.of(group))
                                .map(members -> Optional.of(
                                        new MembersOfGroup(found.ownerId, members.getOrDefault(group, List.of())))));
    }

    /** The groups that a user is in. */
    public Uni<List<NamedGroup>> groupsOf(String app, String user) {
        return database.read(session -> session.createSelectionQuery(GROUPS_OF, NamedGroup.class)
                .setParameter("app", app)
                .setParameter("user", user)
                .getResultList());
    }

    private Uni<GroupEntity> find(String app, String group) {
        return database.read(session -> session.createSelectionQuery(GROUP, GroupEntity.class)
                .setParameter("app", app)
                .setParameter("group", group)
                .getSingleResultOrNull());
    }
}
