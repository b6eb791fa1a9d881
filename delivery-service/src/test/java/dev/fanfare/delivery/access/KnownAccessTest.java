package dev.fanfare.delivery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.user.UserAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownAccessTest {

    private static final long NOW = 1_000;

    @ParameterizedTest(name = "cut {0}, blocked until {1}, token of {2}: {3}")
    @CsvSource({
        "0, 0, 0, GOOD",
        "500, 0, 499, EXPIRED",
        "500, 0, 500, GOOD",
        "0, 1001, 900, BLOCKED",
        "0, 1000, 900, GOOD", // it has run out by now
        "950, 1001, 900, BLOCKED",
        "950, 1000, 900, EXPIRED",
        "2000, 0, 1000, EXPIRED", // a cut in the future
    })
    void judges(long cut, long blockedUntil, long issuedAt, Standing expected) {
        // Given
        KnownAccess known = new KnownAccess(cut, blockedUntil, 1);

        // When
        Standing standing = known.standing(issuedAt, NOW);

        // Then
        assertThat(standing).isEqualTo(expected);
    }

    @Test
    void aBlockIsTheNewerRecordsInWhateverOrderTheyCome() {
        // Given
        UserAccess block = told(0, 5_000, 7);
        UserAccess unblock = told(0, 0, 8);

        // When
        KnownAccess inOrder = KnownAccess.NOTHING.with(block).with(unblock);
        KnownAccess swapped = KnownAccess.NOTHING.with(unblock).with(block);

        // Then
        assertThat(inOrder).isEqualTo(swapped).isEqualTo(new KnownAccess(0, 0, 8));
    }

    @Test
    void aCutIsNeverTakenBack() {
        // Given
        UserAccess later = told(900, 0, 1);
        UserAccess earlier = told(800, 0, 2);

        // When
        KnownAccess inOrder = KnownAccess.NOTHING.with(later).with(earlier);
        KnownAccess swapped = KnownAccess.NOTHING.with(earlier).with(later);

        // Then
        assertThat(inOrder).isEqualTo(swapped).isEqualTo(new KnownAccess(900, 0, 2));
    }

    @Test
    void aRecordWithoutVersionCutsButSaysNothingOfABlock() {
        // Given
        KnownAccess blocked = KnownAccess.NOTHING.with(told(0, 5_000, 7));

        // When
        KnownAccess cut = blocked.with(told(900, 0, 0));

        // Then
        assertThat(cut).isEqualTo(new KnownAccess(900, 5_000, 7));
    }

    @Test
    void theSameRecordAgainChangesNothing() {
        // Given
        KnownAccess known = KnownAccess.NOTHING.with(told(900, 5_000, 7));

        // When
        KnownAccess again = known.with(told(900, 5_000, 7));

        // Then
        assertThat(again).isEqualTo(known);
        assertThat(again.isStricterThan(known, NOW)).isFalse();
    }

    @ParameterizedTest(name = "from cut {0}, block {1} to cut {2}, block {3}: {4}")
    @CsvSource({
        "0, 0, 500, 0, true",
        "500, 0, 500, 0, false",
        "0, 0, 0, 1001, true",
        "0, 0, 0, 1000, false", // over before it came
        "0, 900, 0, 5000, true", // blocked again
        "0, 2000, 0, 5000, true",
        "0, 5000, 0, 2000, false",
        "0, 5000, 0, 0, false",
        "500, 5000, 600, 0, true", // unblocked, but cut
    })
    void knowsWhatIsStricter(long cut, long block, long newCut, long newBlock, boolean stricter) {
        // Given
        KnownAccess before = new KnownAccess(cut, block, 1);
        KnownAccess after = new KnownAccess(newCut, newBlock, 2);

        // When
        boolean found = after.isStricterThan(before, NOW);

        // Then
        assertThat(found).isEqualTo(stricter);
    }

    private static UserAccess told(long cut, long blockedUntil, long version) {
        return new UserAccess("app", "u1", cut, blockedUntil, version);
    }
}
