create table app_group (
    app_key    text        not null,
    group_id   text        not null,
    name       text,
    max_member integer     not null check (max_member > 0),
    created_at timestamptz not null default now(),
    primary key (app_key, group_id)
);

comment on column app_group.max_member is 'how many members may be in the group; a change of members locks this row';

-- The primary key answers "who is in this group", the index "in which groups is this user".
create table member (
    app_key   text        not null,
    group_id  text        not null,
    user_id   text        not null,
    joined_at timestamptz not null default now(),
    primary key (app_key, group_id, user_id),
    foreign key (app_key, group_id) references app_group (app_key, group_id) on delete cascade
);

create index member_by_user on member (app_key, user_id);
