package dev.fanfare.benchmark.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundsTest {

    private static Rounds rounds(double... values) {
        return new Rounds(values);
    }

    @Test
    void theMedianIsTheMiddleOne() {
        assertThat(rounds(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(rounds(9, 1, 5, 6).median()).isEqualTo(5.5);
    }

    @Test
    void oneRoundIsItsOwnMedian() {
        assertThat(rounds(7).median()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0.1,1", "0.5,5", "0.9,9", "0.91,10", "0.99,10", "1,10"})
    void aQuantileIsOneOfTheRounds(double share, double expected) {
        assertThat(rounds(10, 9, 8, 7, 6, 5, 4, 3, 2, 1).quantile(share)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1})
    void aShareIsBetweenNoneAndAll(double share) {
        assertThatThrownBy(() -> rounds(1).quantile(share)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        // Given: a machine that was three times as slow in the second round
        Rounds product = rounds(100, 33, 90);
        Rounds baseline = rounds(100, 30, 100);

        // When
        Rounds ratio = product.over(baseline);

        // Then
        assertThat(ratio).isEqualTo(rounds(1, 1.1, 0.9));
        assertThat(ratio.median()).isEqualTo(1);
    }

    @Test
    void ratiosNeedTheSameRounds() {
        assertThatThrownBy(() -> rounds(1, 2).over(rounds(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFigureNeedsARound() {
        assertThatThrownBy(() -> rounds()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAFigureOfEachRound() {
        assertThat(Rounds.of(List.of("a", "bbb"), String::length)).isEqualTo(rounds(1, 3));
    }

    @Test
    void nobodyChangesWhatWasMeasured() {
        // Given
        double[] values = {1, 2, 3};
        Rounds rounds = new Rounds(values);

        // When
        values[0] = 100;
        rounds.values()[1] = 100;

        // Then
        assertThat(rounds).isEqualTo(rounds(1, 2, 3));
    }
}
