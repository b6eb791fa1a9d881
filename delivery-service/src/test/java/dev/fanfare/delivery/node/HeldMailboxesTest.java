package dev.fanfare.delivery.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldMailboxesTest {

    private static final List<String> USERS =
            IntStream.range(0, 10_000).mapToObj(i -> "app:user-" + i).toList();

    @Test
    void withoutPartitionsThereIsNoMailbox() {
        // Given
        HeldMailboxes mailboxes = new HeldMailboxes();

        // When
        mailboxes.add(List.of(3));
        mailboxes.remove(List.of(3, 4));

        // Then
        assertThat(mailboxes.isEmpty()).isTrue();
        assertThat(mailboxes.choose("app:u1")).isEmpty();
    }

    @Test
    void usersSpreadOverAllPartitions() {
        // Given
        Set<Integer> partitions = IntStream.range(0, 64).boxed().collect(Collectors.toSet());

        // When
        var usersOf = USERS.stream().collect(Collectors.groupingBy(user -> chosen(user, partitions)));

        // Then
        assertThat(usersOf).hasSize(64);
        assertThat(usersOf.values()).allSatisfy(users -> assertThat(users).hasSizeBetween(90, 240));
    }

    @Test
    void onlyUsersOfATakenPartitionMove() {
        // Given
        Set<Integer> before = Set.of(0, 5, 9, 17);
        Set<Integer> after = new TreeSet<>(before);

        // When
        after.remove(9);

        // Then
        assertThat(USERS).allSatisfy(user -> {
            int chosen = chosen(user, before);
            if (chosen == 9) {
                assertThat(chosen(user, after)).isIn(after);
            } else {
                assertThat(chosen(user, after)).isEqualTo(chosen);
            }
        });
    }

    private static int chosen(String user, Set<Integer> partitions) {
        return HeldMailboxes.choose(user, partitions).orElseThrow();
    }
}
