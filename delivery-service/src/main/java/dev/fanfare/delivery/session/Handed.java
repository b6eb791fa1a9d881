package dev.fanfare.delivery.session;

import java.util.Set;

/**
 * What became of a kept message at the user's sessions of this node.
 *
 * @param reached whether there was a session at all
 * @param confirmed the devices that said that they have it, and of which that is kept
 */
public record Handed(boolean reached, Set<String> confirmed) {

    static final Handed NOBODY = new Handed(false, Set.of());
}
