package dev.fanfare.delivery.push.dead;

/** Which dead letters: null means any. */
record LetterFilter(String appKey, String provider, String reason) {}
