package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.CloseCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the client of a session is there: the pings of the wheel, and those that ask for a confirmation, because somebody
 * waits for it and it is overdue sooner. One ping at a time, for two answers could not be told apart. Made for each session,
 * on its event loop.
 */
final class Heartbeat {

    private final Session session;
    private final SessionHost host;

    private boolean awaitingPong;
    /** The ping that is not answered asks for a confirmation. */
    private boolean confirming;
    /** How many were sent. */
    private int pings;
    /** When the last one was sent, ms since 1970. */
    private long pingedAt;
    /** The client was there after this, ms since 1970: when the ping was sent that it answered last. */
    private long aliveAt;
    /** Those who want to know whether the client is there, and do not yet; null if there was never one. */
    private List<AwaitedSign> awaitedSigns;

    /** @param ping whose answer is enough */
    private record AwaitedSign(SignsOfLife signs, int ping) {}

    Heartbeat(Session session, SessionHost host) {
        this.session = session;
        this.host = host;
    }

    /** The session's turn of the ping wheel. */
    void ping() {
        if (!awaitingPong) {
            send();
        }
    }

    private void send() {
        awaitingPong = true;
        pings++;
        pingedAt = host.now().toEpochMilli();
        session.writePing();
    }

    /** @return false if there is no ping to answer */
    boolean onPong() {
        if (!awaitingPong) {
            return false;
        }
        awaitingPong = false;
        confirming = false;
        aliveAt = pingedAt;
        int answered = pings;
        session.onConfirmed();
        giveSigns(answered);
        return true;
    }

    /** The time for the answer to the last ping of the wheel is over. */
    void checkPong() {
        if (awaitingPong && !confirming) {
            session.cutSoon(CloseCode.NO_PONG);
        }
    }

    /** Asks the client whether it has what it was told; unless it is being asked: then once more after the answer. */
    void askForConfirmation() {
        if (!session.isLive() || confirming) {
            return;
        }
        if (!awaitingPong) {
            send();
        }
        confirming = true;
        host.awaitPong(session, pings);
    }

    /** The time for the answer to that ping is over. */
    void checkConfirmation(int ping) {
        if (awaitingPong && pings == ping) {
            session.close(CloseCode.NO_PONG);
        }
    }

    /** Tells {@code signs} whether the client has been there since then, or is now. */
    void showLife(long since, SignsOfLife signs) {
        SessionInfo info = session.info();
        if (session.isJoining() || session.isLive() && Math.max(aliveAt, info.connectedAt()) >= since) {
            signs.alive(info.userId());
        } else if (session.isLive()) {
            boolean isAsked = awaitingPong && pingedAt >= since;
            if (awaitedSigns == null) {
                awaitedSigns = new ArrayList<>(1);
            }
            awaitedSigns.add(new AwaitedSign(signs, isAsked ? pings : pings + 1));
            askForConfirmation();
        } else {
            signs.gone(info.userId());
        }
    }

    private void giveSigns(int answered) {
        if (!isAwaited()) {
            return;
        }
        awaitedSigns.removeIf(sign -> {
            boolean isEnough = sign.ping <= answered;
            if (isEnough) {
                sign.signs.alive(session.info().userId());
            }
            return isEnough;
        });
        if (isAwaited()) {
            askForConfirmation();
        }
    }

    /** Whether somebody waits for a sign of life. */
    boolean isAwaited() {
        return awaitedSigns != null && !awaitedSigns.isEmpty();
    }

    /** The session is at its end. */
    void onClosed() {
        if (awaitedSigns != null) {
            awaitedSigns.forEach(sign -> sign.signs.gone(session.info().userId()));
            awaitedSigns = null;
        }
    }
}
