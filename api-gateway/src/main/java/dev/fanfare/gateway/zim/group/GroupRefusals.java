package dev.fanfare.gateway.zim.group;

import dev.fanfare.gateway.group.GroupOutcome;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimError;
import java.util.Optional;

/** What callers are told when a group was not changed. */
final class GroupRefusals {

    private GroupRefusals() {}

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
