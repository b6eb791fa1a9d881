package dev.fanfare.broadcast.job;

/**
 * What delivery has not worked on yet of what jobs wrote.
 *
 * @param records of {@code delivery.bulk}
 * @param pushes of {@code delivery.push-bulk}
 */
record Outstanding(long records, long pushes) {

    /** Whether a job may write more. */
    boolean leavesRoom(PushHalf half, JobsConfig.Pace bounds) {
        long most =
                switch (half) {
                    case CHUNKS, NOTHING -> bounds.chunks();
                    case INBOXES -> bounds.deliveries();
                };
        return records < most && pushes < bounds.pushes();
    }

    Outstanding plus(int written) {
        return new Outstanding(records + written, pushes);
    }
}
