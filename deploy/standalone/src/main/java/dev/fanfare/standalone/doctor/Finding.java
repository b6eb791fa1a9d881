package dev.fanfare.standalone.doctor;

import dev.fanfare.standalone.process.Probe;

/**
 * One thing that was looked at.
 *
 * @param part whose it is
 * @param text what was found
 * @param advice what to do about it; empty where nothing is wrong
 */
public record Finding(String part, String text, String advice) {

    static Finding well(String part, String text) {
        return new Finding(part, text, "");
    }

    static Finding wrong(String part, String text, String advice) {
        return new Finding(part, text, advice);
    }

    /** Of something that can only be asked whether it is there. */
    static Finding of(String part, Probe probe, String advice) {
        return probe.complaint().map(text -> wrong(part, text, advice)).orElseGet(() -> well(part, "answers"));
    }

    public boolean isWell() {
        return advice.isEmpty();
    }
}
