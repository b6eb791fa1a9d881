alter table recalled add data bytea;

comment on column recalled.data is 'the recall as clients get it, of a message that many inboxes have: whoever has not read the message yet reads this in its place. Null: nothing has it that is read from here';
