#!/usr/bin/env bash
# Signs the JSON in a file as a Fanfare command and writes it to Kafka.
#
#   FANFARE_PRODUCER_SECRET=... docs/examples/send-command.sh BROKERS KEY_ID APP_KEY TOPIC FILE
#
# Needs openssl and kcat. openssl takes the secret as an argument, which other users of this machine may see in the list
# of processes: fine to try it out, not for production.
set -euo pipefail
brokers=$1 key_id=$2 app_key=$3 topic=$4 file=$5

type=dev.$topic
id=$(openssl rand -hex 16)
time=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)
value_sha256=$(openssl dgst -sha256 -r "$file" | cut -d' ' -f1)

signature=$(printf '%s\n%s\n%s\n%s\n%s\n%s\n%s' fanfare-v1 "$topic" "$id" "$type" "$time" "$app_key" "$value_sha256" |
  openssl dgst -sha256 -hmac "$FANFARE_PRODUCER_SECRET" -r | cut -d' ' -f1)

kcat -P -b "$brokers" -t "$topic" -k "$app_key" \
  -H ce_specversion=1.0 \
  -H ce_id="$id" \
  -H ce_type="$type" \
  -H ce_source=/docs/examples \
  -H ce_time="$time" \
  -H content-type=application/json \
  -H fanfare-key-id="$key_id" \
  -H fanfare-signature="$signature" \
  "$file"

echo "written: ce_id $id"
