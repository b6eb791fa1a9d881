package dev.fanfare.delivery.access;

import dev.fanfare.contracts.user.UserAccess;

/**
 * What a node knows of a user's access, and the rule by which it judges. Times are ms since 1970.
 *
 * @param tokensInvalidBefore the latest cut that was ever told
 * @param blockedUntil as the record of the highest version said
 */
record KnownAccess(long tokensInvalidBefore, long blockedUntil, long version) {

    /** A user of whom no record tells. */
    static final KnownAccess NOTHING = new KnownAccess(0, 0, 0);

    /** Two gateways may write in the other order than they changed the user: a cut stays, a block is the newer one's. */
    KnownAccess with(UserAccess told) {
        long cut = Math.max(tokensInvalidBefore, told.tokensInvalidBefore());
        return told.version() < version
                ? new KnownAccess(cut, blockedUntil, version)
                : new KnownAccess(cut, told.blockedUntil(), told.version());
    }

    /** Whether someone who was let in before may have to go now. */
    boolean isStricterThan(KnownAccess before, long now) {
        return tokensInvalidBefore > before.tokensInvalidBefore || blockedUntil > Math.max(before.blockedUntil, now);
    }

    /** A block weighs more than a cut: with a new token the user would only learn of it later. */
    Standing standing(long issuedAt, long now) {
        if (now < blockedUntil) {
            return Standing.BLOCKED;
        }
        return issuedAt < tokensInvalidBefore ? Standing.EXPIRED : Standing.GOOD;
    }
}
