package dev.fanfare.delivery.session;

/**
 * How a history's world is made.
 *
 * @param windowBytes bound of an app's window
 * @param replyBytes bound of the broadcasts in a connect reply
 * @param pipeBytes what fits between server and client
 * @param highWater what may wait at the server before a link is not writable
 * @param loops event loops of a node
 * @param presenceAtOnce whether presence answers at once, or when the history says so
 * @param formats of the devices in turn: one character each, J or P
 * @param wholeReads clients take all that is there, never a part of it
 * @param inboxes the users' inboxes
 */
record Setup(
        int windowBytes,
        int replyBytes,
        int pipeBytes,
        int highWater,
        int loops,
        boolean presenceAtOnce,
        String formats,
        boolean wholeReads,
        Inboxes inboxes) {

    /**
     * How inboxes behave.
     *
     * @param names which devices name themselves, in turn: one character each, N or U
     * @param atOnce whether PostgreSQL answers at once, or when the history says so
     * @param refuses whether confirmations fail while PostgreSQL is away, or wait for it
     * @param pageMessages messages of a page
     */
    record Inboxes(String names, boolean atOnce, boolean refuses, int pageMessages) {}

    /** Inboxes that answer at once, of devices that name themselves. */
    static final Inboxes INBOXES = new Inboxes("N", true, false, 100);

    /** A node with one event loop, and clients that take all that is there. */
    static final Setup ONE_LOOP =
            new Setup(Integer.MAX_VALUE, 1_000_000, Integer.MAX_VALUE, Integer.MAX_VALUE, 1, true, "P", true, INBOXES);

    /** Whether the device says which one it is. */
    boolean named(int device) {
        return inboxes.names.charAt(device % inboxes.names.length()) == 'N';
    }

    ClientFormat format(int device) {
        return formats.charAt(device % formats.length()) == 'J' ? ClientFormat.JSON : ClientFormat.PROTOBUF;
    }

    /** The same world, all of whose devices speak this format. */
    Setup speaking(String format) {
        return new Setup(
                windowBytes, replyBytes, pipeBytes, highWater, loops, presenceAtOnce, format, wholeReads, inboxes);
    }
}
