package dev.fanfare.broadcast.job;

/** The names of the jobs' metrics. */
final class JobMetrics {

    /** Jobs that are not at their end, in all of the installation. Tag {@link #STATE}. */
    static final String JOBS = "fanfare.jobs";

    /** A {@code JobProgress.State}. */
    static final String STATE = "state";

    /** Users that this node handed to delivery: the rate of its jobs. */
    static final String USERS = "fanfare.job.users";

    /** How long a slice takes, from its page to its checkpoint. */
    static final String SLICE = "fanfare.job.slice";

    /** Records that dispatch has not worked on, as far as this node knows. */
    static final String OUTSTANDING_RECORDS = "fanfare.job.outstanding.records";

    /** Push jobs that push has not worked on, as far as this node knows. */
    static final String OUTSTANDING_PUSHES = "fanfare.job.outstanding.pushes";

    private JobMetrics() {}
}
