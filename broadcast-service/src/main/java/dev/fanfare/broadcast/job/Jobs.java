package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.database.Database;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.delivery.JobProgress.State;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Jobs as a person asks for them. Call on a Vert.x context; a failure is a {@code DatabaseAwayException}. */
@ApplicationScoped
public class Jobs {

    private static final Set<State> ENDS = EnumSet.of(State.CANCELLED, State.DONE);

    private static final String LIST = "from Job where appKey = :app and messageUid < :after";
    private static final String OF_STATE = " and state = :state";
    private static final String NEWEST_FIRST = " order by messageUid desc";

    /** Sorts behind every messageUID. */
    private static final String FROM_THE_NEWEST = "~";

    private static final String CHANGE =
            """
            update Job set state = :to, endedAt = :ended, usersPerSecond = 0, toldUsers = users, toldAt = :now
            where appKey = :app and messageUid = :uid and state = :from
            """;

    private final Database database;
    private final ProgressRecords progress;
    private final JobRunner runner;

    Jobs(Database database, ProgressRecords progress, JobRunner runner) {
        this.database = database;
        this.progress = progress;
        this.runner = runner;
    }

    /**
     * Newest first.
     *
     * @param state null: of any
     * @param after the message with which the last page ended; null: from the newest
     */
    public Uni<List<JobReport>> list(String app, State state, String after, int limit) {
        long now = System.currentTimeMillis();
        return database.inSession(session -> {
                    String query = LIST + (state == null ? "" : OF_STATE) + NEWEST_FIRST;
                    var selection = session.createSelectionQuery(query, JobEntity.class)
                            .setParameter("app", app)
                            .setParameter("after", after == null ? FROM_THE_NEWEST : after)
                            .setMaxResults(limit);
                    return (state == null ? selection : selection.setParameter("state", state)).getResultList();
                })
                .map(jobs -> jobs.stream().map(job -> JobReport.of(job, now)).toList());
    }

    /** Empty: there is no such job. */
    public Uni<Optional<JobReport>> find(String app, String messageUid) {
        long now = System.currentTimeMillis();
        return database.inSession(session -> get(session, app, messageUid))
                .map(job -> Optional.ofNullable(job).map(found -> JobReport.of(found, now)));
    }

    public Uni<ChangeOutcome> change(String app, String messageUid, JobAction action) {
        return database.inSession(session -> change(session, app, messageUid, action))
                .invoke(change -> change.told.ifPresent(this::tell))
                .map(Change::outcome);
    }

    /** @param told what is new; empty: nothing was changed */
    private record Change(ChangeOutcome outcome, Optional<JobProgress> told) {

        static Uni<Change> none(ChangeOutcome outcome) {
            return Uni.createFrom().item(new Change(outcome, Optional.empty()));
        }
    }

    private static Uni<Change> change(StatelessSession session, String app, String messageUid, JobAction action) {
        return get(session, app, messageUid).chain(job -> {
            if (job == null) {
                return Change.none(new ChangeOutcome.Unknown());
            }
            Optional<State> after = action.after(job.state);
            if (after.isEmpty()) {
                return Change.none(new ChangeOutcome.NotNow(job.state));
            }
            return after.get() == job.state
                    ? Change.none(new ChangeOutcome.Done(job.state))
                    : change(session, job, after.get(), action);
        });
    }

    /** Whoever changed the state meanwhile comes first; then it is looked at again. */
    private static Uni<Change> change(StatelessSession session, JobEntity job, State to, JobAction action) {
        long now = System.currentTimeMillis();
        return session.createMutationQuery(CHANGE)
                .setParameter("to", to)
                .setParameter("ended", ENDS.contains(to) ? now : null)
                .setParameter("now", now)
                .setParameter("app", job.appKey)
                .setParameter("uid", job.messageUid)
                .setParameter("from", job.state)
                .executeUpdate()
                .chain(changed -> changed == 0
                        ? change(session, job.appKey, job.messageUid, action)
                        : Uni.createFrom()
                                .item(new Change(new ChangeOutcome.Done(to), Optional.of(progress(job, to, now)))));
    }

    private static JobProgress progress(JobEntity job, State to, long now) {
        long audience = job.audience == null ? job.users : job.audience;
        return new JobProgress(job.appKey, job.messageUid, to, job.users, audience, 0, null, now);
    }

    private void tell(JobProgress told) {
        progress.tell(told);
        if (told.state() == State.RUNNING) {
            runner.call();
        }
    }

    private static Uni<JobEntity> get(StatelessSession session, String app, String messageUid) {
        return session.get(JobEntity.class, new JobEntity.Key(app, messageUid));
    }
}
