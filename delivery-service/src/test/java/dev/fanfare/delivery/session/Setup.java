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
 */
record Setup(
        int windowBytes,
        int replyBytes,
        int pipeBytes,
        int highWater,
        int loops,
        boolean presenceAtOnce,
        String formats,
        boolean wholeReads) {

    ClientFormat format(int device) {
        return formats.charAt(device % formats.length()) == 'J' ? ClientFormat.JSON : ClientFormat.PROTOBUF;
    }

    /** The same world, all of whose devices speak this format. */
    Setup speaking(String format) {
        return new Setup(windowBytes, replyBytes, pipeBytes, highWater, loops, presenceAtOnce, format, wholeReads);
    }
}
