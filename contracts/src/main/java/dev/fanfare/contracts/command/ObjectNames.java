package dev.fanfare.contracts.command;

import java.util.Set;

/**
 * The message types that RongCloud has built in. Everything else that starts with {@code RC:} is refused, as the vendor
 * asks of custom types, so that a later built-in type never means two things.
 */
final class ObjectNames {

    private static final String RESERVED_PREFIX = "RC:";

    /** Families whose members are many and undocumented (calls, customer service). */
    private static final Set<String> BUILT_IN_FAMILIES = Set.of("RC:VC", "RC:Cs", "RC:chrm");

    private static final Set<String> BUILT_IN = Set.of(
            "RC:TxtMsg",
            "RC:ImgMsg",
            "RC:GIFMsg",
            "RC:HQVCMsg",
            "RC:VcMsg",
            "RC:FileMsg",
            "RC:SightMsg",
            "RC:LBSMsg",
            "RC:ImgTextMsg",
            "RC:ReferenceMsg",
            "RC:CombineMsg",
            "RC:CombineV2Msg",
            "RC:StreamMsg",
            "RC:CardMsg",
            "RC:RLStart",
            "RC:RLEnd",
            "RC:RLJoin",
            "RC:RLQuit",
            "RC:RL",
            "RC:PSImgTxtMsg",
            "RC:PSMultiImgTxtMsg",
            "RC:PSCmd",
            "RC:InfoNtf",
            "RC:GrpNtf",
            "RC:ContactNtf",
            "RC:ProfileNtf",
            "RC:RcNtf",
            "RC:CmdNtf",
            "RC:CmdMsg",
            "RC:RcCmd",
            "RC:TypSts",
            "RC:InterceptMsg",
            "RC:ReadNtf",
            "RC:RRReqMsg",
            "RC:RRRspMsg",
            "RC:RRMsg",
            "RC:SRSMsg",
            "RC:Delivered",
            "RC:MsgExMsg",
            "RC:LogCmdMsg",
            "RC:CCConfigChangeRequestMsg");

    private ObjectNames() {}

    static boolean isReservedButUnknown(String objectName) {
        return objectName.startsWith(RESERVED_PREFIX)
                && !BUILT_IN.contains(objectName)
                && BUILT_IN_FAMILIES.stream().noneMatch(objectName::startsWith);
    }
}
