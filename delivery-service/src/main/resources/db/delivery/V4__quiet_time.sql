-- When a user does not want to be disturbed, every day.
create table quiet_time (
    app_key        text not null,
    user_id        text not null,
    start_time     time not null,
    period_minutes int  not null check (period_minutes between 0 and 1439),
    level          int  not null,
    primary key (app_key, user_id)
);

comment on column quiet_time.level is 'RongCloud''s level as it was given; every level keeps system messages quiet';
