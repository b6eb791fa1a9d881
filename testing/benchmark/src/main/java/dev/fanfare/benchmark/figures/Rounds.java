package dev.fanfare.benchmark.figures;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * One figure, measured again and again; in the order of the rounds, so that two figures of the same rounds can be
 * compared round by round. What disturbs the machine for a while disturbs both then, and leaves their ratio alone.
 */
public record Rounds(double[] values) {

    public Rounds {
        if (values.length == 0) {
            throw new IllegalArgumentException("a figure needs at least one round");
        }
        values = values.clone();
    }

    /** One figure of each round. */
    public static <T> Rounds of(List<T> rounds, ToDoubleFunction<T> figure) {
        return new Rounds(rounds.stream().mapToDouble(figure).toArray());
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    /** The middle one; of an even number of rounds the mean of the two in the middle. */
    public double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest value that {@code share} of the rounds do not exceed. */
    public double quantile(double share) {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("a share is between 0 and 1, not " + share);
        }
        double[] sorted = sorted();
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    public Rounds map(DoubleUnaryOperator change) {
        return new Rounds(Arrays.stream(values).map(change).toArray());
    }

    /** This figure as a multiple of the other one, round by round. */
    public Rounds over(Rounds other) {
        if (values.length != other.values.length) {
            throw new IllegalArgumentException(values.length + " rounds over " + other.values.length);
        }
        double[] ratios = new double[values.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = values[i] / other.values[i];
        }
        return new Rounds(ratios);
    }

    private double[] sorted() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rounds rounds && Arrays.equals(values, rounds.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Rounds" + Arrays.toString(values);
    }
}
