package dev.fanfare.benchmark.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmark.kills.Account.Due;
import dev.fanfare.benchmark.kills.Account.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BalanceTest {

    private static final List<Due> DUE = List.of(new Due("a", false), new Due("b", false), new Due("c", true));

    @Test
    void isEvenWhereEverythingCameOnceAndWhoWasAwayWasPushedTo() {
        // When
        Balance balance = Balance.of(List.of(account(List.of("a", "b", "c"), Set.of("b", "c"))));

        // Then
        assertThat(balance).isEqualTo(new Balance(1, 3, 0, 0, 0, 2, 0));
        assertThat(balance.isEven()).isTrue();
    }

    @Test
    void messageOfACallWhoseAnswerWasLostIsNobodysMistake() {
        // When
        Balance balance = Balance.of(List.of(account(List.of("a", "lost", "b", "c"), Set.of("c", "lost"))));

        // Then
        assertThat(balance).isEqualTo(new Balance(1, 3, 0, 0, 0, 1, 0));
    }

    @Test
    void whatDidNotComeIsMissing() {
        // When
        Balance balance = Balance.of(List.of(account(List.of("a", "c"), Set.of("c"))));

        // Then
        assertThat(balance.missing()).isEqualTo(1);
        assertThat(balance.isEven()).isFalse();
    }

    @Test
    void whatCameAgainCameTwiceAndInItsFirstPlace() {
        // When
        Balance balance = Balance.of(List.of(account(List.of("a", "b", "c", "lost", "lost", "a"), Set.of("c"))));

        // Then
        assertThat(balance).isEqualTo(new Balance(1, 3, 0, 2, 0, 1, 0));
        assertThat(balance.isEven()).isFalse();
    }

    @Test
    void whatCameBeforeAnEarlierOneIsOutOfOrder() {
        // When
        Balance balance = Balance.of(List.of(account(List.of("b", "a", "c"), Set.of("c"))));

        // Then
        assertThat(balance.outOfOrder()).isEqualTo(1);
        assertThat(balance.isEven()).isFalse();
    }

    @Test
    void whoWasAwayAndGotNoPushLacksIt() {
        // When
        Balance balance = Balance.of(List.of(account(List.of("a", "b", "c"), Set.of("a", "b"))));

        // Then
        assertThat(balance.unpushed()).isEqualTo(1);
        assertThat(balance.isEven()).isFalse();
    }

    @Test
    void isTheSumOverAllUsers() {
        // When
        Balance balance =
                Balance.of(List.of(account(List.of("a"), Set.of()), account(List.of("a", "b", "c", "c"), Set.of("c"))));

        // Then
        assertThat(balance).isEqualTo(new Balance(2, 6, 2, 1, 0, 1, 1));
    }

    private static Account account(List<String> received, Set<String> pushed) {
        return new Account(Kind.OFFLINE, DUE, received, pushed);
    }
}
