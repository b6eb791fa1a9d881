package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * One push notification to devices of one user: a record of {@code fanfare.delivery.push.v1} or {@code
 * fanfare.delivery.push-bulk.v1}, and of the delay topics after it could not be done.
 *
 * @param deviceIds which of the user's devices; those that have no token when the job is worked on are left out
 * @param message what is pushed about; its content may be left out
 * @param expiresAt ms since 1970, from then on nobody wants to be told any more; null: the push role's own limit decides
 * @param retry null as long as it was not tried
 * @param inbox of a message that is kept: a device that has it by now gets no push; null for others
 * @param replaces the messageUID of an earlier message: devices that were shown a push of it are shown this one in its
 *     place, others get none; null for all others
 * @param bulk true: one of very many of its app, which goes after those that are not; null: it is not
 */
@JsonPropertyOrder({
    "appKey",
    "userId",
    "deviceIds",
    "message",
    "push",
    "expiresAt",
    "retry",
    "inbox",
    "replaces",
    "bulk"
})
public record PushJob(
        String appKey,
        String userId,
        List<String> deviceIds,
        ClientMessage message,
        PushNotification push,
        Long expiresAt,
        Retry retry,
        InboxPlace inbox,
        String replaces,
        Boolean bulk) {

    /** A job that was not tried. */
    public PushJob(String appKey, String userId, List<String> deviceIds, ClientMessage message, PushNotification push) {
        this(appKey, userId, deviceIds, message, push, null, null, null, null, null);
    }

    /** The same job for some of its devices, with this behind it. */
    public PushJob forDevices(List<String> some, Retry behind) {
        return new PushJob(appKey, userId, some, message, push, expiresAt, behind, inbox, replaces, bulk);
    }

    /** The same job, as one of very many. */
    public PushJob inBulk() {
        return new PushJob(appKey, userId, deviceIds, message, push, expiresAt, retry, inbox, replaces, true);
    }

    /**
     * What a job has behind it.
     *
     * @param attempts how often it could not be done; not counted when it was not tried because too many others were
     * @param firstAt ms since 1970, when the job was written first
     * @param dueAt ms since 1970, not to be tried before
     */
    @JsonPropertyOrder({"attempts", "firstAt", "dueAt"})
    public record Retry(int attempts, long firstAt, long dueAt) {}
}
