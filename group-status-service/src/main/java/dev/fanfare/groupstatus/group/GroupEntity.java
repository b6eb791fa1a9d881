package dev.fanfare.groupstatus.group;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A group of an app. */
@Entity(name = "Group")
@Table(schema = "groups", name = "app_group")
@IdClass(GroupEntity.Key.class)
class GroupEntity {

    @Id
    @Column(name = "app_key")
    String appKey;

    @Id
    @Column(name = "group_id")
    String groupId;

    String name;

    @Column(name = "max_member")
    int maxMember;

    /** Null: nobody in particular. */
    @Column(name = "owner_id")
    String ownerId;

    record Key(String appKey, String groupId) {}
}
