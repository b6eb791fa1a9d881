package dev.fanfare.delivery.push.dead;

/**
 * A dead letter with its place in the list.
 *
 * @param id ascending
 */
record StoredLetter(long id, DeadLetter letter) {}
