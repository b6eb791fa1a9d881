package dev.fanfare.delivery.ledger;

import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.JobProgress.State;
import java.util.List;
import java.util.Map;

/**
 * What became of a message, as far as it was told. Outcomes follow each other, and each counts: a message that was stored
 * and then delivered is both.
 *
 * @param users how many have such an outcome, be it their own or one of their devices'
 * @param devices how many have such an outcome
 * @param told broadcasts: sessions. Group status: users
 * @param notOnline group status: members
 * @param job of a message to all users: how far it has come; null for all others
 * @param recipients a page, by user id
 * @param next what to ask for the page behind with; null if this is the last
 */
record MessageReport(
        String messageUID,
        Counts users,
        Counts devices,
        long told,
        long notOnline,
        Job job,
        List<Recipient> recipients,
        String next) {

    record Counts(long stored, long delivered, long pushed, long rejected, long expired, long dropped) {

        static Counts of(Map<Kind, Long> byKind) {
            return new Counts(
                    byKind.getOrDefault(Kind.STORED, 0L),
                    byKind.getOrDefault(Kind.DELIVERED, 0L),
                    byKind.getOrDefault(Kind.PUSHED, 0L),
                    byKind.getOrDefault(Kind.REJECTED, 0L),
                    byKind.getOrDefault(Kind.EXPIRED, 0L),
                    byKind.getOrDefault(Kind.DROPPED, 0L));
        }
    }

    /**
     * As it was told last.
     *
     * @param users of the audience that were handed to delivery so far
     * @param audience how many there were when it began
     * @param usersPerSecond lately; 0 while it does not run
     * @param endsAt ms since 1970, when it will be done at this rate; null: it does not run
     * @param time ms since 1970
     */
    record Job(State state, long users, long audience, long usersPerSecond, Long endsAt, long time) {}

    /**
     * A user, with the last outcome that is not about a device.
     *
     * @param outcome null if there is none; then {@code reason} and {@code time} are null, too
     * @param time ms since 1970
     */
    record Recipient(String userId, Kind outcome, String reason, Long time, List<DeviceOutcome> devices) {}

    /**
     * The last outcome of a device.
     *
     * @param time ms since 1970
     */
    record DeviceOutcome(String deviceId, Kind outcome, String provider, String providerId, String reason, long time) {}
}
