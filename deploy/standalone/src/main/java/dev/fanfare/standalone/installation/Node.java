package dev.fanfare.standalone.installation;

import java.util.ArrayList;
import java.util.List;

/**
 * One process of a service.
 *
 * @param number from 1
 */
public record Node(ServiceName service, int number) {

    /** More than that is no installation for one machine. */
    public static final int MOST = 4;

    /** So many of every service. */
    public static List<Node> ofEach(int nodes) {
        List<Node> all = new ArrayList<>();
        for (ServiceName service : ServiceName.values()) {
            for (int number = 1; number <= nodes; number++) {
                all.add(new Node(service, number));
            }
        }
        return all;
    }

    /** The first has its service's name. */
    public String name() {
        return number == 1 ? service.module() : service.module() + "-" + number;
    }
}
