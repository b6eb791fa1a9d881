package dev.fanfare.broadcast.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.JobProgress.State;

/**
 * What is told of a job: never its content. Times are ms since 1970; what there is not is absent.
 *
 * @param users of the audience that were handed to delivery so far
 * @param audience how many there were when the job began; absent: not counted yet
 * @param usersPerSecond lately; 0 while it does not run
 * @param sendAt when it runs, or runs next
 * @param lastRunAt of a message that comes again
 * @param seriesUID the message that comes again, of which this is one occurrence
 */
@JsonInclude(Include.NON_NULL)
@JsonPropertyOrder({"messageUID", "state", "users", "audience", "usersPerSecond", "endsAt", "createdAt"})
public record JobReport(
        String messageUID,
        State state,
        long users,
        Long audience,
        long usersPerSecond,
        Long endsAt,
        long createdAt,
        Long endedAt,
        Long sendAt,
        String cron,
        String timeZone,
        Long lastRunAt,
        InApp inApp,
        PushTo pushTo,
        String fromUserId,
        String objectName,
        String seriesUID) {

    static JobReport of(JobEntity job, long now) {
        AllUsersCommand command = Job.command(job.command);
        boolean running = job.state == State.RUNNING;
        return new JobReport(
                job.messageUid,
                job.state,
                job.users,
                job.audience,
                running ? job.usersPerSecond : 0,
                running ? job.rate().endsAt(job.users, job.audience, now) : null,
                job.createdAt,
                job.endedAt,
                job.sendAt,
                job.cron,
                job.timeZone,
                job.lastRunAt,
                command.inApp(),
                command.pushTo(),
                command.fromUserId(),
                command.zim() == null ? command.objectName() : command.zim().objectName(),
                job.seriesUid);
    }
}
