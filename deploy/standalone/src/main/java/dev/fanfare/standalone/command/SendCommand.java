package dev.fanfare.standalone.command;

import picocli.CommandLine.Command;

/** {@code fanfare send ...}: one signed call, as an app's back end makes it. */
@Command(
        name = "send",
        synopsisSubcommandLabel = "KIND",
        description = "Sign and send one call of the server API, and print the answer.",
        commandListHeading = "%nKinds:%n",
        subcommands = {SendBroadcast.class, SendGroup.class, SendTemplate.class, SendSystem.class})
public final class SendCommand {}
