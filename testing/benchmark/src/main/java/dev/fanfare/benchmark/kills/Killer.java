package dev.fanfare.benchmark.kills;

import dev.fanfare.benchmark.product.ServiceNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Kills one node after another with {@code kill -9} and starts each again a moment later, whatever the others are doing.
 * When is a matter of how many messages were accepted, so that a slow machine gets as many kills as a fast one, and of
 * chance. All nodes come by turns, in an order by chance. The seed gives victims, places and pauses; what a victim is doing
 * is up to the machine. One thread tells it, one of its own kills.
 */
final class Killer {

    private static final int MAX_DELAY_MILLIS = 500;
    private static final int MAX_ABSENCE_MILLIS = 1_500;

    private final List<ServiceNode> nodes;
    private final Random random;
    private final int distance;
    private final Consumer<String> say;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "killer");
    private final List<ServiceNode> turn = new ArrayList<>();
    private int next;
    private volatile int kills;

    /** @param victim null: there are no more */
    private record Order(ServiceNode victim, int delayMillis, int absenceMillis) {}

    /** @param distance between two kills, in accepted messages in the mean */
    Killer(List<ServiceNode> nodes, long seed, int distance, Consumer<String> say) {
        this.nodes = List.copyOf(nodes);
        this.random = new Random(seed);
        this.distance = distance;
        this.say = say;
        this.next = distance();
        thread.setDaemon(true);
        thread.start();
    }

    /** So many messages were accepted so far. */
    void onAccepted(int messages) {
        while (messages >= next) {
            if (turn.isEmpty()) {
                turn.addAll(nodes);
                Collections.shuffle(turn, random);
            }
            orders.add(new Order(turn.remove(0), random.nextInt(MAX_DELAY_MILLIS), random.nextInt(MAX_ABSENCE_MILLIS)));
            next += distance();
        }
    }

    /** Returns how many it killed, when the last victim has been started again. */
    int end() throws InterruptedException {
        orders.add(new Order(null, 0, 0));
        thread.join();
        return kills;
    }

    private int distance() {
        return Math.max(1, distance / 2 + random.nextInt(distance));
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }

    private void run() {
        try {
            for (Order order = orders.take(); order.victim != null; order = orders.take()) {
                pause(order.delayMillis);
                order.victim.kill();
                kills++;
                say.accept("killed " + order.victim.name());
                pause(order.absenceMillis);
                order.victim.start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
