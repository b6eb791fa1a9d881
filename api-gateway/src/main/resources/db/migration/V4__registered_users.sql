-- What fanfare.user.registered.v1 says of a user. A row whose version is above its published_version is still to be written
-- there: every user from before is. One that is removed stays until the topic says so.
alter table gateway.app_user
    add column tags              varchar[] not null default '{}',
    add column removed           boolean   not null default false,
    add column version           bigint    not null default 1,
    add column published_version bigint    not null default 0;

alter table gateway.app_user alter column version drop default, alter column published_version drop default;

create index app_user_unpublished on gateway.app_user (version) where published_version < version;
