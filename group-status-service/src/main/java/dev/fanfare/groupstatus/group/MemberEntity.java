package dev.fanfare.groupstatus.group;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** That a user is in a group. */
@Entity(name = "Member")
@Table(schema = "groups", name = "member")
@IdClass(MemberEntity.Key.class)
class MemberEntity {

    @Id
    @Column(name = "app_key")
    String appKey;

    @Id
    @Column(name = "group_id")
    String groupId;

    @Id
    @Column(name = "user_id")
    String userId;

    record Key(String appKey, String groupId, String userId) {}
}
