package dev.fanfare.benchmark.kills;

import dev.fanfare.benchmark.kills.Account.Due;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What some users were due beside what they got. Messages that they got and that nobody knows of are those of calls whose
 * answer was lost with the gateway: they count where something came twice, and nowhere else.
 *
 * @param missing messages that the app did not show
 * @param twice messages that the app was told again
 * @param outOfOrder messages that came before one that was sent earlier, as far as the app waited for that
 * @param pushed messages that a push told of
 * @param unpushed messages that a push had to tell of, and none did
 */
record Balance(int users, int messages, int missing, int twice, int outOfOrder, int pushed, int unpushed) {

    private static final Balance NOTHING = new Balance(0, 0, 0, 0, 0, 0, 0);

    static Balance of(List<Account> accounts) {
        return accounts.stream().map(Balance::of).reduce(NOTHING, Balance::plus);
    }

    boolean isEven() {
        return missing == 0 && twice == 0 && outOfOrder == 0 && unpushed == 0;
    }

    private Balance plus(Balance other) {
        return new Balance(
                users + other.users,
                messages + other.messages,
                missing + other.missing,
                twice + other.twice,
                outOfOrder + other.outOfOrder,
                pushed + other.pushed,
                unpushed + other.unpushed);
    }

    private static Balance of(Account account) {
        Set<String> received = new HashSet<>(account.received());
        int missing = 0;
        int pushed = 0;
        int unpushed = 0;
        for (Due due : account.due()) {
            missing += received.contains(due.messageUid()) ? 0 : 1;
            boolean wasPushed = account.pushed().contains(due.messageUid());
            pushed += wasPushed ? 1 : 0;
            unpushed += due.away() && !wasPushed ? 1 : 0;
        }
        return new Balance(
                1,
                account.due().size(),
                missing,
                account.received().size() - received.size(),
                outOfOrder(account),
                pushed,
                unpushed);
    }

    private static int outOfOrder(Account account) {
        Map<String, Integer> places = new HashMap<>();
        List<Due> due = account.due();
        for (int i = 0; i < due.size(); i++) {
            places.put(due.get(i).messageUid(), i);
        }
        List<Integer> order = new ArrayList<>();
        account.received().stream()
                .distinct()
                .filter(places::containsKey)
                .map(places::get)
                .forEach(order::add);
        int before = 0;
        for (int i = 1; i < order.size(); i++) {
            before += order.get(i) < order.get(i - 1) ? 1 : 0;
        }
        return before;
    }
}
