package dev.fanfare.broadcast.job;

/**
 * How fast a job is lately, measured from one telling of its progress to the next.
 *
 * @param usersPerSecond when it was told last
 * @param toldUsers of how many it was told then
 * @param toldAt ms since 1970
 */
record Rate(long usersPerSecond, long toldUsers, long toldAt) {

    private static final long INTERVAL = 1_000;

    /** Nothing known yet: it starts, or goes on after a pause. */
    static Rate from(long users, long now) {
        return new Rate(0, users, now);
    }

    /** Whether it is time to tell again. */
    boolean isOld(long now) {
        return now - toldAt >= INTERVAL;
    }

    /** As it is now. */
    Rate at(long users, long now) {
        long elapsed = Math.max(1, now - toldAt);
        return new Rate((users - toldUsers) * 1_000 / elapsed, users, now);
    }

    /** When the job is done at this rate, ms since 1970; null if nobody can say. */
    Long endsAt(long users, Long audience, long now) {
        return usersPerSecond <= 0 || audience == null
                ? null
                : Long.valueOf(now + Math.max(0, audience - users) * 1_000 / usersPerSecond);
    }
}
