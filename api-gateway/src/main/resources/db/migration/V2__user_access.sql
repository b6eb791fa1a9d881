-- Who may connect, apart from the profile: a user can be blocked, or have tokens expired, before the first getToken.
create table gateway.user_access (
    app_key               varchar(64) not null,
    user_id               varchar(64) not null,
    tokens_invalid_before bigint      not null,
    blocked_until         bigint      not null,
    version               bigint      not null,
    primary key (app_key, user_id)
);

create index user_access_blocked on gateway.user_access (app_key, blocked_until);

insert into gateway.user_access (app_key, user_id, tokens_invalid_before, blocked_until, version)
select app_key, user_id, tokens_invalid_before, 0, 1
from gateway.app_user
where tokens_invalid_before > 0;

alter table gateway.app_user drop column tokens_invalid_before;
