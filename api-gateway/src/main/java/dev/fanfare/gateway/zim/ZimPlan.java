package dev.fanfare.gateway.zim;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;

/** What an action made of a call. */
public sealed interface ZimPlan {

    /** Against the rules. It counts nothing. */
    record Refused(ZimAnswer answer) implements ZimPlan {}

    /**
     * Good.
     *
     * @param group whose own the quota is; null: the app's
     * @param admission what must be known before the call is counted: an answer refuses it
     * @param work starts once the call was counted, on a Vert.x context of the call's own
     */
    record Ready(String group, Supplier<Uni<Optional<ZimAnswer>>> admission, Supplier<Uni<ZimAnswer>> work)
            implements ZimPlan {}

    static ZimPlan refused(ZimProblem problem) {
        return new Refused(ZimAnswer.refused(problem));
    }

    static ZimPlan ready(Supplier<Uni<ZimAnswer>> work) {
        return ofGroup(null, work);
    }

    /** One that is counted by group. */
    static ZimPlan ofGroup(String group, Supplier<Uni<ZimAnswer>> work) {
        return new Ready(group, () -> Uni.createFrom().item(Optional.empty()), work);
    }

    /** One whose admission has to be asked for. */
    static ZimPlan admitted(Supplier<Uni<Optional<ZimAnswer>>> admission, Supplier<Uni<ZimAnswer>> work) {
        return new Ready(null, admission, work);
    }
}
