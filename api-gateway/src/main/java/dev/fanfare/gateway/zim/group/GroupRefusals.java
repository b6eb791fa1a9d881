package dev.fanfare.gateway.zim.group;

import dev.fanfare.gateway.group.GroupMembers;
import dev.fanfare.gateway.group.GroupOutcome;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimError;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/** What callers are told when a group is not there or was not changed. */
public final class GroupRefusals {

    private GroupRefusals() {}

    /**
     * Does this with a group's members.
     *
     * @param members empty: there is no such group, and that is the answer
     */
    public static Uni<ZimAnswer> orNoSuchGroup(
            Uni<Optional<GroupMembers>> members, Function<GroupMembers, Uni<ZimAnswer>> work) {
        return members.flatMap(there ->
                there.map(work).orElseGet(() -> Uni.createFrom().item(ZimAnswer.refused(ZimError.NO_SUCH_GROUP))));
    }

    /** Empty: it was changed. */
    static Optional<ZimAnswer> of(GroupOutcome outcome) {
        if (outcome instanceof GroupOutcome.Invalid invalid) {
            return Optional.of(ZimAnswer.refused(ZimError.PARAMETER, invalid.text()));
        }
        if (outcome instanceof GroupOutcome.Full) {
            return Optional.of(ZimAnswer.refused(ZimError.TOO_MANY_MEMBERS));
        }
        return outcome instanceof GroupOutcome.NoSuchGroup
                ? Optional.of(ZimAnswer.refused(ZimError.NO_SUCH_GROUP))
                : Optional.empty();
    }
}
