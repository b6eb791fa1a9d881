-- What delivery nodes are told of an app; the version rises with every change.
alter table gateway.app add column version bigint not null default 1;
alter table gateway.app add column confirm_timeout_millis bigint;
alter table gateway.app add column inbox_days integer;
-- The ServerSecret before the present one is good, too, until somebody ends it.
alter table gateway.app add column zim_previous_secret varchar(128);
