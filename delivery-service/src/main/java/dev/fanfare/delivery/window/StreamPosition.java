package dev.fanfare.delivery.window;

/**
 * How far an app's stream was read.
 *
 * @param epoch changes when offsets of before mean nothing any more (the topic was made anew or has other partitions)
 * @param offset all broadcasts up to this one
 */
public record StreamPosition(String epoch, long offset) {}
