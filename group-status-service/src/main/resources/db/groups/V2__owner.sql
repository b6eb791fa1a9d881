alter table app_group add owner_id text;

comment on column app_group.owner_id is 'who the group was created for, a member while it is in member; null: nobody in particular. It may do no more than others';
