/** What this service's neighbours look like from here. It goes on without them, so they say nothing about its readiness. */
package dev.fanfare.broadcast.health;
