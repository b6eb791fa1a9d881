package dev.fanfare.broadcast.job;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.delivery.JobProgress.State;
import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/**
 * A message to all users as one who leased it has it before him: what is to be done and how far it is.
 *
 * @param command with its messageUID
 * @param sentAt ms since 1970
 * @param audience how many users it is for; null: not counted yet
 * @param after all users up to this one were handed to delivery; empty: none yet
 * @param users how many that are
 * @param sendAt ms since 1970; null: it was to run at once
 * @param trace where it stands in its trace; null: nobody follows it
 */
public record Job(
        String appKey,
        AllUsersCommand command,
        long sentAt,
        Long audience,
        String after,
        long users,
        Rate rate,
        UUID lease,
        Long sendAt,
        String trace) {

    static final String COLUMNS =
            """
            j.app_key, j.command, j.sent_at, j.audience, j.after_user_id, j.users, j.users_per_second, j.told_users, \
            j.told_at, j.lease, j.send_at, j.trace""";

    static Job of(Row row) {
        return new Job(
                row.getString("app_key"),
                command(row.getBuffer("command").getBytes()),
                row.getLong("sent_at"),
                row.getLong("audience"),
                row.getString("after_user_id"),
                row.getLong("users"),
                new Rate(row.getLong("users_per_second"), row.getLong("told_users"), row.getLong("told_at")),
                row.getUUID("lease"),
                row.getLong("send_at"),
                row.getString("trace"));
    }

    static AllUsersCommand command(byte[] json) {
        try {
            return Json.read(json, AllUsersCommand.class);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("a job has a command that was not checked", e);
        }
    }

    public String messageUid() {
        return command.messageUID();
    }

    PushHalf pushHalf() {
        return PushHalf.of(command);
    }

    /** The same job after so many users more. */
    Job advanced(String last, int more, long now) {
        long sum = users + more;
        return new Job(
                appKey,
                command,
                sentAt,
                audience,
                last,
                sum,
                rate.isOld(now) ? rate.at(sum, now) : rate,
                lease,
                sendAt,
                trace);
    }

    JobProgress progress(State state, long now) {
        boolean running = state == State.RUNNING;
        return new JobProgress(
                appKey,
                messageUid(),
                state,
                users,
                audience == null ? users : audience,
                running ? rate.usersPerSecond() : 0,
                running ? rate.endsAt(users, audience, now) : null,
                now);
    }
}
