package dev.fanfare.delivery.session;

import dev.fanfare.contracts.delivery.InApp;
import java.time.Duration;

/** One thing that happens in a {@link World}. What cannot happen at that moment does nothing: so any history is one. */
sealed interface Step {

    void in(World world);

    /** A broadcast is published. */
    record Publish(int app, int padding, InApp inApp) implements Step {
        @Override
        public void in(World world) {
            world.publish(app, padding, inApp);
        }
    }

    /** A broadcast is taken back: so many others were published after it. */
    record Recall(int app, int back, InApp inApp) implements Step {
        @Override
        public void in(World world) {
            world.recall(app, back, inApp);
        }
    }

    /** What is kept is written for so many records more. */
    record WriteKept(int records) implements Step {
        @Override
        public void in(World world) {
            world.writeKept(records);
        }
    }

    /** The app's last broadcast is published again. */
    record Repeat(int app) implements Step {
        @Override
        public void in(World world) {
            world.repeatLast(app);
        }
    }

    /** A record that is no broadcast. */
    record Noise() implements Step {
        @Override
        public void in(World world) {
            world.noise();
        }
    }

    /** A node reads on in the log. */
    record Follow(int node, int records, boolean told, boolean polled) implements Step {
        @Override
        public void in(World world) {
            world.follow(node, records, told, polled);
        }
    }

    /** An event loop runs its next tasks. */
    record Turn(int node, int loop, int tasks) implements Step {
        @Override
        public void in(World world) {
            world.turn(node, loop, tasks);
        }
    }

    /** The device's app goes on with its present run, for so many sessions. */
    record PartOfTurn(int device, int sessions) implements Step {
        @Override
        public void in(World world) {
            world.partOfTurn(device, sessions);
        }
    }

    /** A device connects. */
    record Connect(int device, int node) implements Step {
        @Override
        public void in(World world) {
            world.connect(device, node);
        }
    }

    /** Everybody who is not connected connects. */
    record ConnectAll(int node) implements Step {
        @Override
        public void in(World world) {
            world.connectAll(node);
        }
    }

    /** Everything that is under way arrives. */
    record CalmDown() implements Step {
        @Override
        public void in(World world) {
            world.calmDown();
        }
    }

    /** A device takes bytes. */
    record Read(int device, int bytes) implements Step {
        @Override
        public void in(World world) {
            world.read(device, bytes);
        }
    }

    /** A connection breaks. */
    record BreakOff(int device, int bytes, boolean noticed) implements Step {
        @Override
        public void in(World world) {
            world.breakOff(device, bytes, noticed);
        }
    }

    /** A client ends its connection. */
    record Leave(int device) implements Step {
        @Override
        public void in(World world) {
            world.leave(device);
        }
    }

    /** An app is killed: its memory is gone. */
    record Kill(int device) implements Step {
        @Override
        public void in(World world) {
            world.kill(device);
        }
    }

    /** A little time passes, in which nobody does anything. */
    record Pass(int seconds) implements Step {
        @Override
        public void in(World world) {
            world.pass(Duration.ofSeconds(seconds));
        }
    }

    /** Minutes pass. */
    record PassMinutes(int minutes) implements Step {
        @Override
        public void in(World world) {
            world.passMinutes(minutes);
        }
    }

    /** Days pass. */
    record PassDays(int days) implements Step {
        @Override
        public void in(World world) {
            world.passDays(days);
        }
    }

    /** A node drops what is older than its window. */
    record Expire(int node) implements Step {
        @Override
        public void in(World world) {
            world.expire(node);
        }
    }

    /** A second, at the end of which a node's pings are due. */
    record Tick(int node) implements Step {
        @Override
        public void in(World world) {
            world.tick(node);
        }
    }

    /** Presence answers a node. */
    record AnswerPresence(int node) implements Step {
        @Override
        public void in(World world) {
            world.answerPresence(node);
        }
    }

    /** A personal message comes to a node. */
    record Personal(int node, int device, boolean twice) implements Step {
        @Override
        public void in(World world) {
            world.personal(node, device, twice);
        }
    }

    /** A message is kept for the device's user, and comes to a node at once or not. */
    record Store(int device, int padding, int node, boolean handed) implements Step {
        @Override
        public void in(World world) {
            world.store(device, padding, node, handed);
        }
    }

    /** A message that was kept comes to a node: so many others were kept after it. */
    record Hand(int node, int back) implements Step {
        @Override
        public void in(World world) {
            world.hand(node, back);
        }
    }

    /** PostgreSQL answers so many questions. */
    record AnswerInboxes(int count) implements Step {
        @Override
        public void in(World world) {
            world.answerInboxes(count);
        }
    }

    /** PostgreSQL goes or comes back. */
    record InboxesAway(boolean away) implements Step {
        @Override
        public void in(World world) {
            world.setInboxesAway(away);
        }
    }

    /** The oldest messages of the device's user go. */
    record ExpireInbox(int device, int count) implements Step {
        @Override
        public void in(World world) {
            world.expireInbox(device, count);
        }
    }

    /** The device's user is deleted. */
    record DeleteUser(int device) implements Step {
        @Override
        public void in(World world) {
            world.deleteUser(device);
        }
    }

    /** The device does not answer pings any more. */
    record Mute(int device) implements Step {
        @Override
        public void in(World world) {
            world.mute(device);
        }
    }

    /** The device says that it has a message. */
    record Acknowledge(int device, int back) implements Step {
        @Override
        public void in(World world) {
            world.acknowledge(device, back);
        }
    }

    /** A node asks its clients to go. */
    record Drain(int node) implements Step {
        @Override
        public void in(World world) {
            world.drain(node);
        }
    }

    /** A node is replaced by another. */
    record Restart(int node, boolean orderly) implements Step {
        @Override
        public void in(World world) {
            world.restart(node, orderly);
        }
    }

    /** The topic is made anew. */
    record NewTopic() implements Step {
        @Override
        public void in(World world) {
            world.makeTopicAnew();
        }
    }
}
