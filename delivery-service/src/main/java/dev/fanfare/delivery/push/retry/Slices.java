package dev.fanfare.delivery.push.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** What is due at nearly the same time, together. A pure function. */
public final class Slices {

    private Slices() {}

    /**
     * What is done together, when the last of it is due.
     *
     * @param dueAt ms since 1970
     */
    public record Slice<T>(long dueAt, List<T> items) {}

    /** @param width how much earlier than the last of a slice the first may be due */
    public static <T> List<Slice<T>> of(List<T> items, ToLongFunction<T> dueAt, Duration width) {
        List<Slice<T>> slices = new ArrayList<>();
        List<T> slice = new ArrayList<>();
        for (T item : items.stream().sorted(Comparator.comparingLong(dueAt)).toList()) {
            if (!slice.isEmpty() && dueAt.applyAsLong(item) - dueAt.applyAsLong(slice.get(0)) > width.toMillis()) {
                slices.add(sliceOf(slice, dueAt));
                slice = new ArrayList<>();
            }
            slice.add(item);
        }
        if (!slice.isEmpty()) {
            slices.add(sliceOf(slice, dueAt));
        }
        return slices;
    }

    private static <T> Slice<T> sliceOf(List<T> items, ToLongFunction<T> dueAt) {
        return new Slice<>(dueAt.applyAsLong(items.get(items.size() - 1)), items);
    }
}
