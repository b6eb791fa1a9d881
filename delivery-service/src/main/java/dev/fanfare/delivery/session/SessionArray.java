package dev.fanfare.delivery.session;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;

/**
 * Sessions in an array without holes. Each session remembers its place itself, so that adding and removing cost the same
 * for one session as for a hundred thousand, and going through them is going through memory in order. One thread.
 */
final class SessionArray {

    private static final int FIRST_CAPACITY = 4;

    private final ToIntFunction<Session> place;
    private final ObjIntConsumer<Session> setPlace;
    private Session[] sessions = new Session[FIRST_CAPACITY];
    private int size;

    /** Where a session keeps its place in this array. */
    SessionArray(ToIntFunction<Session> place, ObjIntConsumer<Session> setPlace) {
        this.place = place;
        this.setPlace = setPlace;
    }

    void add(Session session) {
        if (size == sessions.length) {
            sessions = Arrays.copyOf(sessions, size * 2);
        }
        sessions[size] = session;
        setPlace.accept(session, size++);
    }

    /** The last session takes the place of the one that goes. */
    void remove(Session session) {
        int at = place.applyAsInt(session);
        Session last = sessions[--size];
        sessions[at] = last;
        setPlace.accept(last, at);
        sessions[size] = null;
    }

    /** From the last to the first: {@code action} may remove the session that it was given. */
    void forEach(Consumer<Session> action) {
        for (int i = size - 1; i >= 0; i--) {
            action.accept(sessions[i]);
        }
    }

    int size() {
        return size;
    }

    Session get(int at) {
        return sessions[at];
    }

    boolean isEmpty() {
        return size == 0;
    }
}
