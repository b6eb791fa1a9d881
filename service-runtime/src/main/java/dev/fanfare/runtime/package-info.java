/**
 * What every service of Fanfare is built on: how records are read, worked on and written ({@code pipeline}), how signed
 * commands are let in ({@code intake}), what must be true before a service starts ({@code startup}) and before it takes
 * work ({@code health}). It knows no feature.
 */
package dev.fanfare.runtime;
