#!/usr/bin/env bash
# Makes the secrets of an installation, at random, and what fits this machine, in a file that only you read:
#   deploy/compose/make-env.sh [FILE]      .env beside this script if not said; an existing file is left alone
set -euo pipefail
file=${1:-$(dirname "${BASH_SOURCE[0]}")/.env}
[ ! -e "$file" ] || {
  echo "$file is there already. Its secrets are those of the data: think before you delete it." >&2
  exit 1
}
hex() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
# An engine refuses a container that wants more open files than it has itself: most likely as many as this shell.
nofile=$(ulimit -Hn)
[[ $nofile =~ ^[0-9]+$ ]] && ((nofile < 200000)) || nofile=200000
umask 077
cat > "$file" << ENV
# Made at random for this installation. Keep it to yourself, and keep it: the data cannot be read without.
COMPOSE_PROJECT_NAME=fanfare
# Open files of a delivery node: above the clients that shall connect.
NOFILE=$nofile

POSTGRES_PASSWORD=$(hex)
REDIS_PASSWORD=$(hex)
GRAFANA_PASSWORD=$(hex)
# Opens the gateway's admin API.
FANFARE_ADMIN_TOKEN=$(hex)
# What the services show each other.
FANFARE_INTERNAL_KEY=$(hex)
# Signs the gateway's commands.
FANFARE_SIGNING_SECRET=$(hex)
# Signs user tokens.
FANFARE_TOKENS_KEYS_K1=$(hex)
# Encrypts what apps show their push providers.
FANFARE_PUSH_CREDENTIAL_KEY=$(head -c 32 /dev/urandom | base64 | tr -d '\n')
# Seals what the gateway tells delivery nodes of apps in secret.
FANFARE_SETTINGS_SECRET_KEY=$(head -c 32 /dev/urandom | base64 | tr -d '\n')
ENV
echo "$file"
